/** The range of an axis, in the page's charts and in those of reports. */

/** Low and high of some values, with a margin as a share of their distance; finite even for no or equal values. */
export function extent(lists: Iterable<ArrayLike<number>>, margin = 0, log = false): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const values of lists) {
    for (let index = 0; index < values.length; index++) {
      const value = values[index];
      if (!Number.isFinite(value) || (log && value <= 0)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (low > high) return log ? [0.1, 1] : [0, 1];
  if (log) {
    const room = (high / low) ** margin;
    return low === high ? [low / 2, high * 2] : [low / room, high * room];
  }
  const room = (high - low || Math.abs(high) || 1) * margin;
  return low === high ? [low - (room || 1), high + (room || 1)] : [low - room, high + room];
}
