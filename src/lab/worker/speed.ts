/** A stopwatch that leaves out pauses, and what a machine sleeps; and the pace of the last second. */
import { awakeMs } from '../../util/awake.ts';

const windowSeconds = 1;

export class Speed {
  #before: number;
  #startedAt: number | undefined;
  /** Recent (seconds on this watch, steps) pairs, oldest first. */
  #marks: { seconds: number; steps: number }[] = [];

  /** @param before seconds on the watch already */
  constructor(before = 0) {
    this.#before = before;
  }

  start(): void {
    this.#startedAt ??= performance.now();
  }

  stop(): void {
    this.#before = this.seconds;
    this.#startedAt = undefined;
  }

  /** `steps` were done by now, counted from the beginning. */
  add(steps: number): void {
    const seconds = this.seconds;
    if (this.#startedAt !== undefined) {
      this.stop();
      this.start();
    }
    const last = this.#marks.at(-1);
    // A mark every 20 ms is enough; tiny networks finish thousands of epochs a second.
    if (last && this.#marks.length > 1 && seconds - this.#marks[this.#marks.length - 2].seconds < 0.02) {
      last.seconds = seconds;
      last.steps = steps;
    } else {
      this.#marks.push({ seconds, steps });
    }
    while (this.#marks.length > 2 && seconds - this.#marks[1].seconds > windowSeconds) this.#marks.shift();
  }

  get seconds(): number {
    return this.#before + (this.#startedAt === undefined ? 0 : awakeMs(performance.now() - this.#startedAt) / 1000);
  }

  /** Steps per second; null before there are two marks. */
  get rate(): number | null {
    const first = this.#marks[0];
    const last = this.#marks.at(-1);
    if (!first || !last || last.seconds <= first.seconds) return null;
    return (last.steps - first.steps) / (last.seconds - first.seconds);
  }
}
