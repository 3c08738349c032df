/**
 * For a promise that is awaited later, while something else is awaited first. Until somebody awaits it, its rejection is
 * unhandled, which ends Node. Whoever awaits it still gets the error.
 */
export function awaitedLater<Awaited extends Promise<unknown>>(promise: Awaited): Awaited {
  promise.catch(() => {});
  return promise;
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));
}
