/** All rows, or evenly spaced ones where there are more than are wanted. */
export function evenly(rows: Uint32Array, most: number): Uint32Array {
  if (rows.length <= most) return rows;
  return Uint32Array.from({ length: most }, (_, index) => rows[Math.floor((index * rows.length) / most)]);
}
