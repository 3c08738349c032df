/** What can be read off a plot, place by place: by pointer the nearest, by keys one after the other. In CSS pixels. */

export interface Mark {
  x: number;
  y: number;
}

export interface Reading {
  /** Where rings are drawn; the words stand beside the first. */
  marks: Mark[];
  /** The marks are of one line, which is drawn through them. */
  joined?: boolean;
  /** A line through the whole plot at the first mark. */
  upright?: boolean;
  /** An area in place of rings, as of a bar. */
  area?: { left: number; top: number; width: number; height: number };
  /** What stands there: the first line names the place. */
  lines: string[];
  /** Places in the table of the rows that are behind it; of a sweep, combinations. */
  behind?: () => number[];
}

export interface Readings {
  /** Places, in the order in which keys go through them. */
  count: number;
  /** The place that is meant by a point; undefined where there is none near. */
  at(x: number, y: number): number | undefined;
  read(place: number): Reading;
  /** Where a key leads, if not one after the other: as `placeByKey`. */
  byKey?: typeof placeByKey;
  /** The place of a row, given by its place in the table; undefined where it is not shown. */
  find?(row: number): number | undefined;
}

/** Further away than this nobody means a point. */
const reach = 24;

/**
 * Points in a plane; keys go through them from left to right.
 * @param rows places of the points in the table
 * @param within pixels from a point to where it is meant
 */
export function pointReadings(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  lines: (index: number) => string[],
  rows?: Uint32Array,
  within = reach,
): Readings {
  let order: number[] | undefined;
  const ordered = () => {
    order ??= Array.from(xs, (_, index) => index).sort((a, b) => xs[a] - xs[b] || ys[a] - ys[b]);
    return order;
  };
  return {
    count: xs.length,
    at: (x, y) => {
      let [best, distance] = [-1, within ** 2];
      for (let index = 0; index < xs.length; index++) {
        const own = (xs[index] - x) ** 2 + (ys[index] - y) ** 2;
        if (own < distance) [best, distance] = [index, own];
      }
      return best < 0 ? undefined : ordered().indexOf(best);
    },
    find: (row) => {
      const index = rows?.indexOf(row) ?? -1;
      return index < 0 ? undefined : ordered().indexOf(index);
    },
    read: (place) => {
      const index = ordered()[place];
      const behind = rows && (() => [rows[index]]);
      return { marks: [{ x: xs[index], y: ys[index] }], lines: lines(index), behind };
    },
  };
}

/** Columns of values at places across, as of curves: the nearest column is meant, wherever above it the pointer is. */
export function columnReadings(
  xs: ArrayLike<number>,
  [left, right]: [number, number],
  read: (index: number) => Omit<Reading, 'upright'>,
): Readings {
  return {
    count: xs.length,
    at: (x) => {
      if (x < left - reach || x > right + reach || xs.length === 0) return undefined;
      let best = 0;
      for (let index = 1; index < xs.length; index++) {
        if (Math.abs(xs[index] - x) < Math.abs(xs[best] - x)) best = index;
      }
      return best;
    },
    read: (place) => ({ upright: true, ...read(place) }),
  };
}

/** Areas, of which the pointer is in one. */
export function areaReadings(
  areas: readonly NonNullable<Reading['area']>[],
  lines: (index: number) => string[],
  rows?: (index: number) => number[],
): Readings {
  return {
    count: areas.length,
    at: (x, y) => {
      const within = ({ left, top, width, height }: NonNullable<Reading['area']>) =>
        x >= left && x < left + width && y >= top && y < top + height;
      const index = areas.findIndex(within);
      return index < 0 ? undefined : index;
    },
    read: (place) => {
      const area = areas[place];
      const marks = [{ x: area.left + area.width / 2, y: area.top }];
      return { marks, area, lines: lines(place), behind: rows && (() => rows(place)) };
    },
  };
}

/** The first that has something near; keys go through one after the other. */
export function firstOf(...parts: readonly Readings[]): Readings {
  const first = (placeIn: (part: Readings) => number | undefined) => {
    let before = 0;
    for (const part of parts) {
      const place = placeIn(part);
      if (place !== undefined) return before + place;
      before += part.count;
    }
    return undefined;
  };
  return {
    count: parts.reduce((sum, { count }) => sum + count, 0),
    at: (x, y) => first((part) => part.at(x, y)),
    find: (row) => first((part) => part.find?.(row)),
    read: (place) => {
      let own = place;
      for (const part of parts) {
        if (own < part.count) return part.read(own);
        own -= part.count;
      }
      throw new RangeError(`no place ${place} in this plot`);
    },
  };
}

/** Where a key leads from a place, or from none; undefined for other keys, and where there is nothing to read. */
export function placeByKey(key: string, place: number | undefined, count: number): number | undefined {
  if (count === 0) return undefined;
  const next = {
    ArrowLeft: (place ?? count) - 1,
    ArrowRight: (place ?? -1) + 1,
    PageUp: (place ?? count) - Math.ceil(count / 20),
    PageDown: (place ?? -1) + Math.ceil(count / 20),
    Home: 0,
    End: count - 1,
  }[key];
  return next === undefined ? undefined : Math.min(count - 1, Math.max(0, next));
}
