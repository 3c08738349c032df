/**
 * What ends all at once, as a worker that dies or a device that is lost: whoever waits for it is let go. Racing a promise
 * would do the same, but one that lives long keeps every answer that was ever raced against it.
 */
export class CancellationScope {
  #over = false;
  readonly #waiting = new Set<() => void>();

  end(): void {
    this.#over = true;
    for (const letGo of this.#waiting) letGo();
    this.#waiting.clear();
  }

  /** What the work comes to, or undefined where the end comes first. */
  until<Value>(work: Promise<Value>): Promise<Value | undefined> {
    return new Promise((resolve, reject) => {
      const letGo = () => resolve(undefined);
      if (this.#over) letGo();
      else this.#waiting.add(letGo);
      work.then(resolve, reject).finally(() => this.#waiting.delete(letGo));
    });
  }
}
