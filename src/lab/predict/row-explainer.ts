/** Asks why a row is answered as it is: one question at a time, and what was typed since has another answer. */
import { proxy } from 'comlink';
import type { Said } from '../../util/errors.ts';
import type { Explanation } from '../protocol/predict.ts';
import type { TrainerController } from '../trainer/controller.ts';

export interface ExplanationView {
  /** The share that is done; undefined while nothing is asked. */
  share: number | undefined;
  explanation: Explanation | undefined;
  /** Why there is none. */
  problem: Said;
}

export const unexplained: ExplanationView = { share: undefined, explanation: undefined, problem: '' };

export class RowExplainer {
  readonly #trainer: TrainerController;
  readonly #show: (view: ExplanationView) => void;
  #turn = 0;
  #asking = false;

  constructor(trainer: TrainerController, show: (view: ExplanationView) => void) {
    this.#trainer = trainer;
    this.#show = show;
  }

  async explain(row: Readonly<Record<string, string>>): Promise<void> {
    const turn = ++this.#turn;
    this.#asking = true;
    this.#show({ ...unexplained, share: 0 });
    const tell = proxy((share: number) => {
      // Progress goes another way than the answer, and may come after it.
      if (turn === this.#turn && this.#asking) this.#show({ ...unexplained, share });
    });
    let why: Said = '';
    const reply = await this.#trainer.ask<Explanation | undefined>(
      (lab) => lab.predictions.explain(row, tell),
      (message) => {
        why = message;
      },
    );
    if (turn !== this.#turn) return;
    this.#asking = false;
    if (reply?.ok) this.#show({ ...unexplained, explanation: reply.value });
    else this.#show({ ...unexplained, problem: reply?.problem.message ?? why });
  }

  /** Ends a question, and takes an answer away. */
  forget(): void {
    this.#turn += 1;
    if (this.#asking) void this.#trainer.guard((lab) => lab.predictions.cancelExplaining());
    this.#asking = false;
    this.#show(unexplained);
  }
}
