/** What is read off a surface: a row where the pointer is on one, else what the model says at the place. */
import { fileRow, type RowNumbering } from '../../../data/table/table.ts';
import { place, valueAt } from '../../../util/axis.ts';
import type { Frame } from '../../charts/frame.ts';
import { firstOf, placeByKey, pointReadings, type Readings } from '../../charts/readings.ts';
import { text } from '../../i18n/text.ts';
import type { SurfacePicture, SurfacePoints, SurfaceValues } from '../../protocol/views.ts';
import { count, figure } from '../../shared/format.ts';
import { classAt } from './surface-drawing.ts';

export interface SurfaceNames {
  target: string;
  /** Of the table that the rows are of. */
  numbering: RowNumbering | undefined;
}

/** Places that can be told apart along an axis, from 0 on, and how many of them an arrow key goes on. */
const fine = 480;
const step = 20;
/** A row is meant from no further away: the surface around it can be read too. */
const onRow = 8;

/** What the model says at a place, in shares of the axes from the lower left, in words. */
export function answerAt(picture: SurfacePicture, values: SurfaceValues | null, target: string, x: number, y: number) {
  if (!values) return '–';
  const { classes } = picture;
  const answer = interpolated(values, x, y);
  if (!classes) return `${target} ${figure(answer[0])}`;
  if (classes.length === 2) {
    const [share] = answer;
    return `${classes[share > 0.5 ? 1 : 0]} ${percent(Math.max(share, 1 - share))}`;
  }
  const best = classAt(answer, 0, classes.length);
  return `${classes[best]} ${percent(answer[best])}`;
}

export function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

/** Between four places of the grid, linearly. */
function interpolated({ side, values }: SurfaceValues, x: number, y: number): Float32Array {
  const fields = values.length / (side * side);
  const [left, low] = [x, y].map((share) => Math.min(side - 2, Math.floor(share * (side - 1))));
  const [across, up] = [x * (side - 1) - left, y * (side - 1) - low];
  const at = (row: number, column: number, field: number) => values[(row * side + column) * fields + field];
  return Float32Array.from({ length: fields }, (_, field) => {
    const [below, above] = [low, low + 1].map(
      (row) => at(row, left, field) * (1 - across) + at(row, left + 1, field) * across,
    );
    return below * (1 - up) + above * up;
  });
}

export function surfaceReadings(
  frame: Frame,
  picture: SurfacePicture,
  values: SurfaceValues | null,
  { target, numbering }: SurfaceNames,
): Readings {
  const { x, y, classes, train, validation } = picture;
  const where = (across: number, up: number) => [`${x.name} ${figure(across)}`, `${y.name} ${figure(up)}`];
  const model = (across: number, up: number) => {
    const shares = [(across - x.low) / (x.high - x.low), (up - y.low) / (y.high - y.low)];
    return `${text.views.model} ${answerAt(picture, values, target, shares[0], shares[1])}`;
  };
  const rows = (points: SurfacePoints, set: string) =>
    pointReadings(
      points.x.map((value) => place(frame.x, value)),
      points.y.map((value) => place(frame.y, value)),
      (index) => [
        [...(numbering ? [text.views.row(count(fileRow(numbering, points.rows[index])))] : []), set].join(', '),
        ...where(points.x[index], points.y[index]),
        `${text.views.actual(target)} ${classes ? classes[points.value[index]] : figure(points.value[index])}`,
        model(points.x[index], points.y[index]),
      ],
      points.rows,
      onRow,
    );
  // Held-out rows lie above the others.
  const known = firstOf(rows(validation, text.common.validation), rows(train, text.common.training));
  const everywhere = gridReadings(frame, (across, up) => [...where(across, up), model(across, up)]);
  return {
    ...firstOf(known, everywhere),
    byKey: (key, from) => {
      const inGrid = from === undefined ? undefined : from - known.count;
      const next = gridPlaceByKey(key, inGrid !== undefined && inGrid >= 0 ? inGrid : undefined);
      if (next !== undefined) return known.count + next;
      const row = { PageDown: 'ArrowRight', PageUp: 'ArrowLeft', Home: 'Home', End: 'End' }[key];
      const own = from !== undefined && from < known.count ? from : undefined;
      return row === undefined ? undefined : placeByKey(row, own, known.count);
    },
  };
}

/** Every place between the axes. */
function gridReadings({ x, y }: Frame, lines: (across: number, up: number) => string[]): Readings {
  const side = fine + 1;
  const index = (at: number, from: number, to: number) => Math.round(((at - from) / (to - from)) * fine);
  return {
    count: side * side,
    at: (left, top) => {
      const [column, row] = [index(left, x.from, x.to), index(top, y.from, y.to)];
      const inside = column >= 0 && column <= fine && row >= 0 && row <= fine;
      return inside ? row * side + column : undefined;
    },
    read: (own) => {
      const [column, row] = [own % side, Math.floor(own / side)];
      const mark = { x: x.from + (column / fine) * (x.to - x.from), y: y.from + (row / fine) * (y.to - y.from) };
      return { marks: [mark], lines: lines(valueAt(x, mark.x), valueAt(y, mark.y)) };
    },
  };
}

/** Arrows go on in four directions, and begin in the middle. */
function gridPlaceByKey(key: string, from: number | undefined): number | undefined {
  const side = fine + 1;
  const [right, up] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[key] ?? [0, 0];
  if (right === 0 && up === 0) return undefined;
  const [column, row] = from === undefined ? [fine / 2, fine / 2] : [from % side, Math.floor(from / side)];
  const within = (at: number) => Math.min(fine, Math.max(0, at));
  return within(row + up * step) * side + within(column + right * step);
}
