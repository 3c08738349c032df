/** Long work that is looked on and can be stopped, and that leaves others their turns meanwhile. */

export interface Watch {
  /** Bytes of an input that does not know its size itself. */
  size?: number;
  progress?: (bytes: number, total?: number) => void;
  signal?: AbortSignal;
}

/** Lets the event loop run now and then, and stops where that was asked for. */
export function breather(signal: AbortSignal | undefined): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last > 10) {
      // A message is a turn of the event loop everywhere, and is not held back for milliseconds as timers are.
      const { port1, port2 } = new MessageChannel();
      await new Promise((resolve) => {
        port1.onmessage = resolve;
        port2.postMessage(null);
      });
      port1.close();
      last = performance.now();
    }
    signal?.throwIfAborted();
  };
}
