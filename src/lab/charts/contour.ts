/** Lines along which a field on a square grid has one value: marching squares, with straight lines in each cell. */

/** Coordinates x0, y0, x1, y1 of each line, in steps of the grid. */
export function contour(at: (x: number, y: number) => number, side: number, level: number): number[] {
  const lines: number[] = [];
  for (let y = 0; y < side - 1; y++) {
    for (let x = 0; x < side - 1; x++) {
      const a = at(x, y) - level;
      const b = at(x + 1, y) - level;
      const c = at(x + 1, y + 1) - level;
      const d = at(x, y + 1) - level;
      const inside = (a > 0 ? 1 : 0) + (b > 0 ? 2 : 0) + (c > 0 ? 4 : 0) + (d > 0 ? 8 : 0);
      if (inside === 0 || inside === 15) continue;
      const cut = (from: number, to: number) => from / (from - to);
      // Where the four edges are crossed, lower, right, upper, left; only those of the case below are read.
      const edges: [number, number][] = [
        [x + cut(a, b), y],
        [x + 1, y + cut(b, c)],
        [x + cut(d, c), y + 1],
        [x, y + cut(a, d)],
      ];
      const middle = a + b + c + d > 0;
      for (const [from, to] of joins(inside, middle)) lines.push(...edges[from], ...edges[to]);
    }
  }
  return lines;
}

/** Which edges are joined; where opposite corners are alike, the middle of the cell decides. */
function joins(inside: number, middle: boolean): [number, number][] {
  switch (inside) {
    case 1:
    case 14:
      return [[3, 0]];
    case 2:
    case 13:
      return [[0, 1]];
    case 3:
    case 12:
      return [[3, 1]];
    case 4:
    case 11:
      return [[1, 2]];
    case 6:
    case 9:
      return [[0, 2]];
    case 7:
    case 8:
      return [[3, 2]];
    case 5:
      return middle
        ? [
            [0, 1],
            [2, 3],
          ]
        : [
            [3, 0],
            [1, 2],
          ];
    default:
      return middle
        ? [
            [3, 0],
            [1, 2],
          ]
        : [
            [0, 1],
            [2, 3],
          ];
  }
}
