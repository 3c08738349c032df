/** Waits for the page to have drawn, so that the worker sends no more than can be seen. */

/** The next frame, or at once where nobody looks: a hidden tab has no frames but keeps training. */
export function nextPaint(): Promise<void> {
  if (document.visibilityState === 'hidden') return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 250);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
