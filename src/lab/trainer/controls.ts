/**
 * What the controls say of the next run, and how a person changes it. Every new form goes through `#set`, so that what the
 * worker has refused stays refused, and what a run takes up as it trains reaches it.
 */

import { liveNames } from '../../spec/changes.ts';
import type { Trial } from '../../spec/settings.ts';
import { text } from '../i18n/text.ts';
import type { Problem } from '../protocol/messages.ts';
import type { LegalForm } from '../protocol/settings.ts';
import {
  type Change,
  changedPaths,
  changeForm,
  type Form,
  type FormPath,
  formOf,
  isFixed,
  legalForm,
  liveDifferences,
  livePath,
  restoreForm,
  startingForm,
  switchGroup,
  valueAt,
  withData,
  withProblem,
} from '../shared/form.ts';
import { placeOf, subjectOf } from '../shared/refusals.ts';
import { sameMembers } from '../ui/equality.ts';
import { LatestOnly } from '../ui/latest-only.ts';
import { computed, observed } from '../ui/observed.ts';
import type { TrainerController } from './controller.ts';
import { LiveUpdates } from './live-updates.ts';

export class Controls {
  @observed() form: Form = startingForm();
  readonly live: LiveUpdates;

  readonly #trainer: TrainerController;
  readonly #trials = new LatestOnly();
  /** What the worker refused, for as long as what it is about is unchanged. */
  #refusal: { path: string; problem: Problem; about: string } | undefined;

  constructor(trainer: TrainerController) {
    this.#trainer = trainer;
    this.live = new LiveUpdates(trainer, this);
  }

  /** Settings that differ from those of the run and need a new one; the same object for as long as they are the same. */
  get changes(): ReadonlySet<string> {
    return this.#changes();
  }

  readonly #changes = computed((): ReadonlySet<string> => {
    const { applied } = this.#trainer;
    const paths = applied ? changedPaths(this.form, applied) : new Set<string>();
    for (const name of this.live.pending) paths.delete(livePath(name));
    return paths;
  }, sameMembers);

  /** Whether a setting follows from the model that the next run goes on from, and is not to be chosen. */
  isFixed(path: string): boolean {
    return isFixed(this.form, path);
  }

  /** All at once, as where the next run goes on from a model. */
  replace(form: Form): void {
    this.#set(form);
  }

  change(path: FormPath, value: unknown): void {
    if (this.isFixed(path)) return;
    const { applied } = this.#trainer;
    // A kind that the run has comes back with the run's numbers, which would else be changed under it.
    const returns = path.endsWith('.kind') && applied && valueAt(applied, path) === value;
    this.#set(returns ? restoreForm(this.form, path, applied) : changeForm(this.form, path, value));
    if (path === 'data.target') void this.#trainer.apply();
    else if (path.startsWith('data.') || path === 'trial.training.loss') this.#tryOut();
  }

  /** Several settings at once. */
  changeAll(changes: readonly Change[]): void {
    if (changes.some(({ path }) => this.isFixed(path))) return;
    this.#set(changes.reduce((form, { path, value }) => changeForm(form, path, value), this.form));
    if (changes.some(({ path }) => path.startsWith('data.'))) this.#tryOut();
  }

  switchGroup(path: FormPath, on: boolean): void {
    this.#set(switchGroup(this.form, path, on));
  }

  /** Puts one setting, or all of them, back to what the run has. */
  restore(path?: FormPath): void {
    const { applied } = this.#trainer;
    if (!applied || (path && this.isFixed(path))) return;
    this.#set(path === undefined ? formOf(applied) : restoreForm(this.form, path, applied));
  }

  /** Settings as they were before. */
  putBack(settings: LegalForm): void {
    this.#set(formOf(settings));
  }

  /** The settings of another run; those of its data only where it had this table. */
  take(settings: LegalForm, sameTable: boolean): void {
    const { applied } = this.#trainer;
    const { trial, data, engine, from } = formOf(settings);
    const base = { ...this.form, trial, from: sameTable ? from : undefined };
    const form = withData(base, (sameTable ? data : this.form.data) as LegalForm['data']);
    // They are for a run of their own, not for the one that trains.
    const message = text.settings.takenFromRun;
    for (const name of applied ? liveDifferences(form, applied) : []) {
      this.live.refuse(name, valueAt(form, livePath(name)), message);
    }
    this.#set({ ...form, engine });
  }

  /** The settings of another trial, such as the best of a sweep. */
  adopt(trial: Trial): void {
    const { data, engine } = this.form;
    this.take({ trial, data: data as LegalForm['data'], engine }, true);
  }

  /** The run has changed a setting by itself, as one that repeats another does: a control that said what it had follows. */
  follow(before: LegalForm, now: LegalForm): void {
    for (const path of liveNames.map(livePath)) {
      const [had, has] = [valueAt(before, path), valueAt(now, path)];
      if (had !== has && valueAt(this.form, path) === had) this.form = changeForm(this.form, path, has);
    }
  }

  /** Another table is open. */
  opened(form: Form): void {
    this.#refusal = undefined;
    this.form = form;
  }

  /** Another run has begun: what an earlier one was refused says nothing of it. */
  begun(): void {
    this.#refusal = undefined;
    this.live.forget();
  }

  /** A sentence from the worker goes to the control it is about. */
  refuse(problem: Problem): void {
    const path = placeOf(problem, this.form);
    this.#refusal = { path, problem, about: subjectOf(this.form, path) };
    this.form = withProblem(this.form, this.#refusal.path, problem);
    if (!this.#trainer.run) this.#trainer.fail(problem.message);
  }

  #set(form: Form): void {
    const known = this.#refusal;
    this.form =
      known && known.about === subjectOf(form, known.path) ? withProblem(form, known.path, known.problem) : form;
    void this.live.go();
    this.#trainer.atOnce.changed();
  }

  /** Finds out early what a start would refuse of table and loss. */
  #tryOut(): void {
    this.#trials.ask(async () => {
      const form = legalForm(this.form);
      if (!form) return;
      const about = subjectOf(this.form);
      const reply = await this.#trainer.ask((lab) => lab.tryOut(form));
      if (reply && !reply.ok && about === subjectOf(this.form)) this.refuse(reply.problem);
    });
  }
}
