/** Rejections that nobody handled while something went on: one is enough to end Node. */
export async function unhandledDuring(work: () => Promise<void>): Promise<unknown[]> {
  const unhandled: unknown[] = [];
  const note = (error: unknown) => unhandled.push(error);
  process.on('unhandledRejection', note);
  try {
    await work();
    // Node reports them when the microtasks are done.
    await new Promise(setImmediate);
  } finally {
    process.off('unhandledRejection', note);
  }
  return unhandled;
}
