/**
 * How often something costly may be done beside training, by what it has cost: it is to take a small share of the time,
 * and no less than some milliseconds are to lie between one and the next.
 */
export class Pace {
  readonly #share: number;
  readonly #least: number;
  #next = 0;
  /** Milliseconds that one unit of work took, smoothed; undefined before the first. */
  #each: number | undefined;

  constructor(share: number, least: number) {
    this.#share = share;
    this.#least = least;
  }

  due(now: number): boolean {
    return now >= this.#next;
  }

  /** The next time is soon, whatever the last one cost. */
  reset(): void {
    this.#next = 0;
  }

  /** @param units of work that were done, such as rows */
  took(begun: number, now: number, units: number): void {
    const each = (now - begun) / units;
    this.#each = this.#each === undefined ? each : 0.5 * this.#each + 0.5 * each;
    this.#next = now + Math.max(this.#least, (now - begun) / this.#share);
  }

  /** Units that are done in so many milliseconds; `first` before anything was measured. */
  unitsIn(milliseconds: number, first: number): number {
    return this.#each === undefined ? first : milliseconds / Math.max(this.#each, 1e-9);
  }
}
