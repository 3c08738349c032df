/**
 * Trains with changed settings as soon as they have been changed, where a run is over within two seconds; longer runs wait
 * for their button. What a slider does until it is let go of is one change. The settings before can be had back.
 */
import type { RunView } from '../protocol/messages.ts';
import type { LegalForm } from '../protocol/settings.ts';
import { legalForm } from '../shared/form.ts';
import { prefer, preference } from '../shared/preference.ts';
import { observed } from '../ui/observed.ts';
import type { TrainerController } from './controller.ts';
import { epochWork, mostSeconds, plannedWork, type RunCost } from './run-cost.ts';

/** Neither a run that is begun by itself takes longer, nor one that it replaces. */
const mostRunSeconds = 2;
/** Keys move a slider by steps, and a number is set by several presses. */
const settleMilliseconds = 250;
const mostUndone = 50;
const key = 'apply-at-once';

export class AtOnce {
  /** Whether somebody wants it. */
  @observed() on = preference(key) !== 'off';

  readonly #trainer: TrainerController;
  /** Settings before each change, oldest first. */
  @observed() private before: readonly LegalForm[] = [];
  /** The run that came of the last one. */
  @observed() private begun: number | undefined;
  /** What the last run that has come to an epoch has cost. */
  @observed() private known: { cost: RunCost; engine: LegalForm['engine'] } | undefined;
  #sliding = false;
  @observed() private waits = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(trainer: TrainerController) {
    this.#trainer = trainer;
  }

  connect(): void {
    document.addEventListener('pointerdown', this.#press);
    for (const name of releases) document.addEventListener(name, this.#release);
  }

  disconnect(): void {
    document.removeEventListener('pointerdown', this.#press);
    for (const name of releases) document.removeEventListener(name, this.#release);
    clearTimeout(this.#timer);
  }

  /** Whether it waits: several settings may be changed in a dialog, or something else trains. */
  set held(held: boolean) {
    if (held === this.waits) return;
    this.waits = held;
    if (!held) this.changed();
  }

  switch(on: boolean): void {
    this.on = on;
    prefer(key, on ? 'on' : 'off');
    this.changed(0);
  }

  /** Whether what has been changed is trained without being asked for. */
  get due(): boolean {
    return this.#form !== undefined;
  }

  /** Whether the run that is shown was begun by itself, and there are settings to go back to. */
  get undoable(): boolean {
    return this.before.length > 0 && this.#trainer.run?.id === this.begun;
  }

  /** A setting has been changed. */
  changed(settle = settleMilliseconds): void {
    clearTimeout(this.#timer);
    if (!this.#sliding) this.#timer = setTimeout(() => void this.#go(), settle);
  }

  /** Back to the settings before, which are trained again. */
  async undo(): Promise<void> {
    const before = this.undoable ? this.before.at(-1) : undefined;
    if (!before) return;
    this.before = this.before.slice(0, -1);
    clearTimeout(this.#timer);
    this.#trainer.controls.putBack(before);
    await this.#start();
  }

  async #go(): Promise<void> {
    const { applied } = this.#trainer;
    if (!applied || this.#trainer.starting || !this.#form) return;
    this.before = [...(this.undoable ? this.before : []), applied].slice(-mostUndone);
    await this.#start();
  }

  async #start(): Promise<void> {
    const before = this.#trainer.run?.id;
    await this.#trainer.apply();
    const { run } = this.#trainer;
    if (run?.id !== before) this.begun = run?.id;
  }

  /** Settings that are to be trained; undefined where there are none, or they have to be asked for. */
  get #form(): LegalForm | undefined {
    if (!this.on || this.waits) return undefined;
    const { known } = this;
    const { state, controls, data, latest } = this.#trainer;
    // A run that is held, or waits at epoch 0, is somebody's to go on with.
    const free = state === 'running' || state === 'done' || state === 'diverged';
    if (!free || controls.changes.size === 0) return undefined;
    const form = legalForm(controls.form);
    if (!form || !data || known?.engine !== form.engine || (latest?.seconds ?? 0) > mostRunSeconds) return undefined;
    const seconds = mostSeconds(known.cost, plannedWork(form, data), form.trial.training.epochs);
    return seconds < mostRunSeconds ? form : undefined;
  }

  /** The run has come further. */
  measure(): void {
    const { run, latest, history, applied } = this.#trainer;
    const epochs = history.last?.number ?? 0;
    if (run && latest && applied && epochs > 0) {
      this.known = { cost: { seconds: latest.seconds, epochs, work: workOf(run) }, engine: applied.engine };
    }
  }

  readonly #press = (event: PointerEvent): void => {
    const target = event.composedPath()[0];
    this.#sliding = target instanceof HTMLInputElement && target.type === 'range';
  };

  readonly #release = (): void => {
    if (!this.#sliding) return;
    this.#sliding = false;
    this.changed(0);
  };
}

const releases = ['pointerup', 'pointercancel'] as const;

function workOf({ data, trial, layers }: RunView) {
  return epochWork(data.sets.train, trial.training.batch_size, layers);
}
