/** One tab stop for a group of controls: arrows move along and wrap round, Home and End go to the ends. */

/** The place that a key moves to, or undefined where it moves nothing; ArrowUp and ArrowDown move by a row of `columns`. */
export function nextPlace(event: KeyboardEvent, at: number, length: number, columns?: number): number | undefined {
  if (event.altKey || event.ctrlKey || event.metaKey) return undefined;
  const next = {
    ArrowLeft: (at + length - 1) % length,
    ArrowRight: (at + 1) % length,
    ArrowUp: columns && at - columns,
    ArrowDown: columns && at + columns,
    Home: 0,
    End: length - 1,
  }[event.key];
  return next !== undefined && next >= 0 && next < length ? next : undefined;
}
