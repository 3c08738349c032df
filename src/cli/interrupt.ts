/** Ctrl-C, and what a service manager sends, while something long is done: the first ends it well, a second at once. */

/**
 * @param end asks the work to end, and to keep what there is
 * @param leave tidies the terminal before the process is left at once
 */
export async function interruptible<Result>(
  end: () => void,
  leave: () => void,
  work: () => Promise<Result>,
): Promise<Result> {
  let signals = 0;
  const interrupt = () => {
    signals += 1;
    if (signals === 1) return end();
    leave();
    process.exit(130);
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  try {
    return await work();
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

export interface Watch {
  /** Aborts at the first Ctrl-C. */
  signal: AbortSignal;
  /** Shows a bar while a part is done, where a person watches. */
  withBar<Bar extends { stop(): void }, Found>(
    show: () => Promise<Bar>,
    part: (bar: Bar | undefined) => Promise<Found>,
  ): Promise<Found>;
}

/** Work in several parts: a Ctrl-C between two of them ends it as well as one during a part. */
export async function watched<Found>(visibly: boolean, work: (watch: Watch) => Promise<Found>): Promise<Found> {
  const abort = new AbortController();
  let shown: { stop(): void } | undefined;
  return interruptible(
    () => abort.abort(),
    () => shown?.stop(),
    () =>
      work({
        signal: abort.signal,
        async withBar(show, part) {
          const bar = visibly && process.stderr.isTTY ? await show() : undefined;
          shown = bar;
          try {
            return await part(bar);
          } finally {
            bar?.stop();
          }
        },
      }),
  );
}
