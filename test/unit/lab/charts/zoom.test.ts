/** The part of a plot that is looked at, by range, by factor and moved; never beyond the whole axes. */
import { describe, expect, it } from 'vitest';
import { drawFrame, type Frame } from '../../../../src/lab/charts/frame.ts';
import { type Zoom, zoomBy, zoomInto, zoomMoved } from '../../../../src/lab/charts/zoom.ts';
import { place, valueAt } from '../../../../src/util/axis.ts';
import { stillSurface } from '../../../support/lab/still-pen.ts';

const titles = { xTitle: 'x', yTitle: 'y' };

/** Axes of 400 by 200 pixels, as they are drawn with a part of them. */
function framed(zoom?: Zoom, yLog = false): Frame {
  const surface = { ...stillSurface(52 + 400 + 68, 24 + 200 + 40), zoom };
  return drawFrame(surface, { x: [0, 100], y: yLog ? [0.01, 100] : [0, 10], yLog, ...titles, end: 68 });
}
const whole = framed();
const pixel = (frame: Frame, x: number, y: number) => ({ x: place(frame.x, x), y: place(frame.y, y) });

/** The box between two places, given by their values. */
function box(frame: Frame, [left, low]: [number, number], [right, high]: [number, number]) {
  const [a, b] = [pixel(frame, left, high), pixel(frame, right, low)];
  return { left: a.x, top: a.y, width: b.x - a.x, height: b.y - a.y };
}

const close = (zoom: Zoom | undefined, x: [number, number], y: [number, number]) => {
  const ends = [...(zoom?.x ?? []), ...(zoom?.y ?? [])];
  expect(ends.map((end) => Number(end.toPrecision(6)))).toEqual([...x, ...y]);
};

describe('a range', () => {
  it('is the part that is drawn, with marks of its own', () => {
    const zoom = zoomInto(whole, box(whole, [20, 2], [40, 4]));
    close(zoom, [20, 40], [2, 4]);
    const frame = framed(zoom);
    expect(place(frame.x, 20)).toBeCloseTo(frame.x.from, 9);
    expect(place(frame.y, 4)).toBeCloseTo(frame.y.to, 9);
    expect(frame.whole).toEqual({ x: [0, 100], y: [0, 10] });
    const surface = { ...stillSurface(520, 264), zoom };
    drawFrame(surface, { x: [0, 100], y: [0, 10], ...titles, end: 68 });
    const svg = surface.context.document(520, 264, '#fff', '');
    expect(svg).toContain('>25</text>');
    expect(svg).not.toContain('>100</text>');
  });

  it('that is thin leaves the other axis as it is, and one that is small is no range', () => {
    const wide = box(whole, [20, 5], [40, 5.1]);
    close(zoomInto(whole, wide), [20, 40], [0, 10]);
    const tall = box(whole, [20, 2], [21, 8]);
    close(zoomInto(whole, tall), [0, 100], [2, 8]);
    expect(zoomInto(whole, box(whole, [20, 5], [21, 5.1]))).toBeUndefined();
  });

  it('of a logarithmic axis is between its values', () => {
    const log = framed(undefined, true);
    close(zoomInto(log, box(log, [0, 0.1], [50, 10])), [0, 50], [0.1, 10]);
  });
});

describe('a factor', () => {
  it('keeps the value under the pointer where it is', () => {
    const at = pixel(whole, 30, 7);
    const frame = framed(zoomBy(whole, 2, at));
    expect(frame.x.high - frame.x.low).toBeCloseTo(50, 6);
    expect(valueAt(frame.x, at.x)).toBeCloseTo(30, 6);
    expect(valueAt(frame.y, at.y)).toBeCloseTo(7, 6);
    const log = framed(undefined, true);
    const place = pixel(log, 30, 1);
    expect(valueAt(framed(zoomBy(log, 3, place), true).y, place.y)).toBeCloseTo(1, 6);
  });

  it('ends at the whole plot, whatever way back was taken', () => {
    const frame = framed(zoomBy(whole, 4, pixel(whole, 90, 9)));
    expect(zoomBy(frame, 1 / 4, pixel(frame, 80, 8))).toBeUndefined();
    expect(zoomBy(whole, 0.5, pixel(whole, 50, 5))).toBeUndefined();
  });

  it('has an end the other way too', () => {
    let frame = whole;
    for (let press = 0; press < 200; press++) frame = framed(zoomBy(frame, 2, pixel(whole, 50, 5)));
    expect(frame.x.high).toBeGreaterThan(frame.x.low);
    expect(frame.x.high - frame.x.low).toBeCloseTo(1e-3, 5);
  });

  it('of two fingers keeps what is under their middle under it', () => {
    const frame = framed({ x: [20, 60], y: [2, 6] });
    const [from, to] = [pixel(frame, 40, 4), { x: place(frame.x, 45), y: place(frame.y, 4.5) }];
    const moved = framed(zoomBy(frame, 2, from, to));
    expect(valueAt(moved.x, to.x)).toBeCloseTo(40, 6);
    expect(valueAt(moved.y, to.y)).toBeCloseTo(4, 6);
  });
});

it('a part is moved up to the ends of the axes, without being stretched', () => {
  const frame = framed({ x: [20, 60], y: [2, 6] });
  close(zoomMoved(frame, 0.5, 0), [40, 80], [2, 6]);
  close(zoomMoved(frame, 0, -0.25), [20, 60], [1, 5]);
  close(zoomMoved(frame, 5, 5), [60, 100], [6, 10]);
});
