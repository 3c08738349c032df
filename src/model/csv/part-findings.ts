/** The findings of a file that is read in parts: a column without a usable cell so far may have one in a further part. */
import type { FeatureStep } from '../../data/prepare/dataset.ts';
import { Findings, type Tally } from '../../data/prepare/findings.ts';
import { InputError } from '../../util/errors.ts';
import type { Message } from '../../util/message.ts';

export class PartFindings extends Findings {
  /** Of columns that have had something else than a number or a date, and nothing usable before it. */
  readonly #doubts = new Map<Tally, InputError>();

  override doubt(step: FeatureStep, said: Message): void {
    const tally = this.of(step);
    if (tally.usable === 0 && !this.#doubts.has(tally)) this.#doubts.set(tally, new InputError(said, step.column));
  }

  /** Whether a column has had something else so far, and nothing usable. */
  get inDoubt(): boolean {
    return [...this.#doubts.keys()].some(({ usable }) => usable === 0);
  }

  /** At the end of the file. @throws InputError naming the first cell of a column that had something else, and nothing usable */
  refuseUnusable(): void {
    for (const [{ usable }, error] of this.#doubts) if (usable === 0) throw error;
  }
}
