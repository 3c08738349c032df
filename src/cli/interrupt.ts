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
