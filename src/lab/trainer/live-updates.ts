/**
 * Settings that a run takes up as it trains: asks the worker for them as the controls say, and remembers what the run
 * could not take on, so that it is asked once.
 */

import type { LiveName } from '../../spec/changes.ts';
import type { LiveChanges } from '../../train/trainer.ts';
import type { Said } from '../../util/errors.ts';
import { liveDifferences, livePath, valueAt } from '../shared/form.ts';
import { sameMembers } from '../ui/equality.ts';
import { computed, observed } from '../ui/observed.ts';
import type { TrainerController } from './controller.ts';
import type { Controls } from './controls.ts';

export class LiveUpdates {
  readonly #trainer: TrainerController;
  readonly #controls: Controls;
  /** What the run could not take on, with the value it was asked for. */
  @observed() private refused: ReadonlyMap<LiveName, { value: unknown; message: Said }> = new Map();
  #asking = false;

  constructor(trainer: TrainerController, controls: Controls) {
    this.#trainer = trainer;
    this.#controls = controls;
  }

  /** Why changes that might have gone into the run as it trains did not, by path; the same object while they are the same. */
  get refusals(): ReadonlyMap<string, Said> {
    return this.#refusals();
  }

  readonly #refusals = computed((): ReadonlyMap<string, Said> => {
    const held = [...this.refused].filter(([name, { value }]) => value === this.#valueOf(name));
    return new Map(held.map(([name, { message }]) => [livePath(name), message]));
  }, sameMembers);

  /** Changes that the run takes up as it trains, and has not been asked to yet or is just being asked to. */
  get pending(): LiveName[] {
    const { applied, state } = this.#trainer;
    if (!applied || (state !== 'running' && state !== 'paused')) return [];
    return liveDifferences(this.#controls.form, applied).filter((name) => {
      const refused = this.refused.get(name);
      return !refused || refused.value !== this.#valueOf(name);
    });
  }

  /** The run is not asked for this value. */
  refuse(name: LiveName, value: unknown, message: Said): void {
    this.refused = new Map(this.refused).set(name, { value, message });
  }

  forget(): void {
    this.refused = new Map();
  }

  /** Changes the run as it trains. One request at a time, and then what has come up since: a slider moves fast. */
  async go(): Promise<void> {
    if (this.#asking || this.pending.length === 0) return;
    this.#asking = true;
    try {
      for (let names = this.pending; names.length > 0; names = this.pending) {
        if (!(await this.#changeRun(names))) return;
      }
    } finally {
      this.#asking = false;
    }
  }

  /** False when there is no run any more that could be changed; its end is reported soon. */
  async #changeRun(names: LiveName[]): Promise<boolean> {
    const trainer = this.#trainer;
    const changes = Object.fromEntries(names.map((name) => [name, this.#valueOf(name)])) as LiveChanges;
    const reply = await trainer.worker.command((lab) => lab.change(changes));
    if (!reply || reply.run !== trainer.run?.id) return false;
    for (const name of names) {
      const message = reply.refused[name];
      if (message) this.refuse(name, changes[name], message);
      else this.refused = new Map([...this.refused].filter(([other]) => other !== name));
    }
    trainer.took(reply.settings);
    return true;
  }

  #valueOf(name: LiveName): unknown {
    return valueAt(this.#controls.form, livePath(name));
  }
}
