/** One thing at a time, and then the newest of what has come up meanwhile: a slider moves faster than answers come. */
export class LatestOnly {
  #busy = false;
  #next: (() => Promise<void>) | undefined;

  /** Does it as soon as what is being done is done, unless something newer comes up until then. */
  ask(work: () => Promise<void>): void {
    this.#next = work;
    if (!this.#busy) void this.#go();
  }

  async #go(): Promise<void> {
    this.#busy = true;
    try {
      while (this.#next) {
        const work = this.#next;
        this.#next = undefined;
        await work();
      }
    } finally {
      this.#busy = false;
    }
  }
}
