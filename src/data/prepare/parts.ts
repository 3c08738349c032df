/**
 * The part that each row of a split belongs to. It knows no table, only the number of rows, the sizes of the parts and,
 * where they matter, each row's class, group or time.
 *
 *   plain     the rows in a seeded order, cut by the sizes
 *   classes   the same within each class, so that every part has its share of each
 *   groups    the groups in a seeded order, cut between groups: no group is in two parts
 *   times     the rows by time, cut between times: the first part has the earliest
 *
 * Groups or times decide alone: classes do not count beside them.
 */
import { preparing } from '../../messages/en/tables/preparing.ts';
import { rowsByCode } from '../../util/arrays.ts';
import { InputError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import { shuffled } from '../../util/random.ts';
import { firstAbove, firstAtLeast, sortedValues } from '../../util/statistics/sorted.ts';

/** Where a row is: in a file, or by its number among the rows where there is no source. */
export interface Place {
  source: string;
  row: number;
}

/** What decides where rows go, one value for each row; at most one of groups and times. */
export interface SplitBy {
  /** A small whole number for each class. */
  classes?: Uint32Array;
  /** A whole number for each group, such as the codes of a text column: rows without one, 0, are a group too. */
  groups?: Uint32Array;
  times?: Float64Array;
  /** The place of a row, for messages. */
  place?: (row: number) => Place;
}

/**
 * The part of each row. `sizes` add up to `rows`.
 * @param everyClass the part that has a row of every class before others have one
 */
export function partOfRows(rows: number, sizes: number[], key: number, by: SplitBy, everyClass?: number): Uint16Array {
  if (by.times) return partsByTime(by.times, sizes, by);
  if (by.groups) return partsByGroup(by.groups, sizes, key);
  const { classes } = by;
  const left = classes ? sizesByClass(rowsByCode(classes), sizes, everyClass) : sizes;
  const parts = new Uint16Array(rows);
  const current = new Uint16Array(left.length / sizes.length);
  for (let position = 0; position < rows; position++) {
    const row = shuffled(position, rows, key);
    const code = classes ? classes[row] : 0;
    const start = code * sizes.length;
    while (left[start + current[code]] === 0) current[code] += 1;
    left[start + current[code]] -= 1;
    parts[row] = current[code];
  }
  return parts;
}

/**
 * Rows of each part from each class [class, part]: the class's share of each part, rounded down, and what remains to the
 * parts that are most behind over the classes so far, so that parts keep their sizes however many small classes there
 * are. For the first class that is the method of largest remainders. In whole numbers of 1 / rows, so that it is exact.
 */
function sizesByClass(classRows: Uint32Array, sizes: number[], everyClass?: number): number[] {
  const rows = sizes.reduce((sum, size) => sum + size, 0);
  const behind = sizes.map(() => 0);
  const result: number[] = [];
  for (const inClass of classRows) {
    const shares = sizes.map((size) => Math.floor((inClass * size) / rows));
    const remainders = sizes.map((size, part) => inClass * size - shares[part] * rows);
    remainders.forEach((remainder, part) => {
      behind[part] += remainder;
    });
    const left = inClass - shares.reduce((sum, share) => sum + share, 0);
    const rank = (part: number) =>
      part === everyClass && shares[part] === 0 ? Number.POSITIVE_INFINITY : behind[part];
    const next = sizes.map((_, part) => part).filter((part) => remainders[part] > 0);
    next.sort((a, b) => rank(b) - rank(a) || a - b);
    for (const part of next.slice(0, left)) {
      shares[part] += 1;
      behind[part] -= rows;
    }
    result.push(...shares);
  }
  return result;
}

/** Groups in a seeded order, cut where the rows so far are nearest to what the parts so far should have. */
function partsByGroup(groups: Uint32Array, sizes: number[], key: number): Uint16Array {
  const groupRows = rowsByCode(groups);
  const present = Uint32Array.from(groupRows.keys()).filter((code) => groupRows[code] > 0);
  const partOfGroup = new Uint16Array(groupRows.length);
  let position = 0;
  let taken = 0;
  let wanted = 0;
  sizes.forEach((size, part) => {
    if (size === 0) return;
    wanted += size;
    const later = sizes.slice(part + 1).filter((other) => other > 0).length;
    const least = Math.min(position + 1, present.length);
    const most = Math.max(least, present.length - later);
    while (position < most) {
      const code = present[shuffled(position, present.length, key)];
      if (position >= least && taken + groupRows[code] - wanted > wanted - taken) break;
      partOfGroup[code] = part;
      taken += groupRows[code];
      position += 1;
    }
  });
  const parts = new Uint16Array(groups.length);
  for (let row = 0; row < groups.length; row++) parts[row] = partOfGroup[groups[row]];
  return parts;
}

/** A cut between parts: times before `time` are on its early side, and of those at it the first `early` rows. */
interface Cut {
  time: number;
  early: number;
}

function partsByTime(times: Float64Array, sizes: number[], by: SplitBy): Uint16Array {
  const unknown = times.findIndex(Number.isNaN);
  if (unknown >= 0) {
    throw new InputError(message(preparing, 'row_without_time', placeOf(unknown, by)), 'split.time');
  }
  const sorted = sortedValues(times);
  const cuts: Cut[] = [];
  let position = 0;
  let wanted = 0;
  sizes.slice(0, -1).forEach((size, part) => {
    wanted += size;
    if (size > 0) {
      const later = sizes.slice(part + 1).filter((other) => other > 0).length;
      const [least, most] = [position + 1, sorted.length - later];
      const plain = Math.min(Math.max(wanted, least), most);
      if (plain < sorted.length) {
        const [from, to] = [firstAtLeast(sorted, sorted[plain]), firstAbove(sorted, sorted[plain])];
        const ends = plain - from <= to - plain ? [from, to] : [to, from];
        position = ends.find((end) => end >= least && end <= most) ?? plain;
      } else position = plain;
    }
    const time = position < sorted.length ? sorted[position] : Number.POSITIVE_INFINITY;
    cuts.push({ time, early: position - firstAtLeast(sorted, time) });
  });
  const parts = new Uint16Array(times.length);
  const seen = cuts.map(() => 0);
  for (let row = 0; row < times.length; row++) {
    const time = times[row];
    let part = 0;
    for (let index = 0; index < cuts.length; index++) {
      const cut = cuts[index];
      if (time > cut.time) part = index + 1;
      else if (time === cut.time && seen[index]++ >= cut.early) part = index + 1;
    }
    parts[row] = part;
  }
  return parts;
}

/** Where a row is, for a message. */
export function placeOf(row: number, { place }: SplitBy): Place {
  return place ? place(row) : { source: '', row: row + 1 };
}
