/** Holds a loop to so many turns a second, for those who want to watch. */
const shortestWait = 4;

export class Metronome {
  #rate: number | null = null;
  #next = Number.NEGATIVE_INFINITY;
  #wake: (() => void) | undefined;

  /** @param rate turns a second; null is as fast as they come */
  set rate(rate: number | null) {
    this.#rate = rate;
    this.#next = Number.NEGATIVE_INFINITY;
    this.wake();
  }

  /** Whether a turn that ends now has to wait. */
  get waits(): boolean {
    return this.#rate !== null;
  }

  /** Resolves when the next turn is due, or at once when it is woken. */
  async turn(): Promise<void> {
    if (this.#rate === null) return;
    const now = performance.now();
    this.#next = Math.max(now, this.#next + 1000 / this.#rate);
    const wait = this.#next - now;
    // Timers are no finer; what is too short is made up for by the next.
    if (wait < shortestWait) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, wait);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = undefined;
  }

  wake(): void {
    this.#wake?.();
  }
}
