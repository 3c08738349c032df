/** The network drawn: units as rings or as tiles of what they answer, weights between them by width and sign. */
import type { Palette } from '../charts/palette.ts';
import type { Pen, Surface } from '../charts/pen.ts';
import type { NetworkPicture } from '../protocol/network-picture.ts';
import { mostUnits, shownUnits } from '../shared/shown-units.ts';

/** More columns than this would not be told apart. */
const mostColumns = 9;
const tile = 18;
const tilePitch = 21;
const ringPitch = 13;
const radius = 4.5;
/** Lines wider than this would be read as areas. */
const widest = 3.2;

export interface Column {
  /** Which layer, inputs being 0; undefined where it stands for several that are left out. */
  layer: number | undefined;
  units: number;
  /** Share of the width. */
  x: number;
  /** Heights of the drawn units in pixels. */
  ys: number[];
  /** Where dots say that units are left out. */
  gap: number | undefined;
}

export function heightOf(tiles: boolean): number {
  return tiles ? mostUnits * tilePitch : mostUnits * ringPitch + 4;
}

export function columnsOf(units: readonly number[], tiles: boolean): Column[] {
  const last = units.length - 1;
  const layers: (number | undefined)[] = units.map((_, layer) => layer);
  const shown = units.length <= mostColumns ? layers : [...layers.slice(0, mostColumns - 2), undefined, last];
  const pitch = tiles ? tilePitch : ringPitch;
  return shown.map((layer, index) => {
    const own = layer === undefined ? 0 : units[layer];
    const drawn = shownUnits(own).length;
    const cut = own > mostUnits;
    const places = cut ? drawn + 1 : drawn;
    const at = (place: number) => heightOf(tiles) / 2 + (place - (places - 1) / 2) * pitch;
    const gap = Math.floor(places / 2);
    return {
      layer,
      units: own,
      x: (index + 0.5) / shown.length,
      ys: shownUnits(own).map((_, place) => at(cut && place >= gap ? place + 1 : place)),
      gap: cut ? at(gap) : undefined,
    };
  });
}

/** @param picture of a network of the same units; without one, or of others, all weights look alike */
export function drawNetwork(
  { context, width, palette }: Omit<Surface, 'height'>,
  columns: readonly Column[],
  { picture, tiles, chosen }: { picture: NetworkPicture | undefined; tiles: boolean; chosen: number | undefined },
): void {
  columns.slice(1).forEach((to, index) => {
    const from = columns[index];
    // Between layers that are not neighbours there are no weights.
    if (from.layer === undefined || to.layer === undefined) return;
    drawWeights(context, palette, [from, to], width, picture?.weights[to.layer - 1]);
  });
  for (const column of columns) {
    const x = column.x * width;
    const given = column.layer === 0 || column === columns.at(-1);
    column.ys.forEach((y, place) => {
      const strong = column.layer !== undefined && column.layer === chosen;
      if (tiles) drawTile(context, palette, x, y, { picture, layer: column.layer ?? 0, place, given, strong });
      else drawRing(context, palette, x, y, given, strong);
    });
    context.fillStyle = palette.inkLight;
    context.font = palette.label;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    if (column.gap !== undefined) drawEllipsis(context, x, column.gap);
    if (column.layer === undefined) context.fillText('…', x, heightOf(tiles) / 2);
  }
}

/** Three dots above each other: many fonts lack the character. */
function drawEllipsis(context: Pen, x: number, y: number): void {
  for (const dot of [-4, 0, 4]) {
    context.beginPath();
    context.arc(x, y + dot, 1, 0, 2 * Math.PI);
    context.fill();
  }
}

function drawWeights(
  context: Pen,
  palette: Palette,
  [from, to]: [Column, Column],
  width: number,
  weights: Float32Array | undefined,
): void {
  const largest = weights?.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) || 1;
  to.ys.forEach((y2, unit) => {
    from.ys.forEach((y1, before) => {
      const weight = weights?.[unit * from.ys.length + before];
      const share = weight === undefined ? 0.2 : Math.abs(weight) / largest;
      context.globalAlpha = weight === undefined ? 0.35 : 0.12 + 0.75 * share;
      context.strokeStyle = weight === undefined ? palette.inkLight : weight < 0 ? palette.model : palette.validation;
      context.lineWidth = 0.4 + (widest - 0.4) * share;
      context.beginPath();
      context.moveTo(from.x * width, y1);
      context.lineTo(to.x * width, y2);
      context.stroke();
    });
  });
  context.globalAlpha = 1;
}

function drawRing(context: Pen, palette: Palette, x: number, y: number, given: boolean, strong: boolean): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = strong ? palette.model : palette.paper;
  context.strokeStyle = given ? palette.ink : palette.model;
  context.lineWidth = 1.5;
  context.fill();
  context.stroke();
}

interface TileOf {
  picture: NetworkPicture | undefined;
  layer: number;
  place: number;
  given: boolean;
  strong: boolean;
}

function drawTile(
  context: Pen,
  palette: Palette,
  x: number,
  y: number,
  { picture, layer, place, given, strong }: TileOf,
): void {
  const [left, top] = [Math.round(x - tile / 2), Math.round(y - tile / 2)];
  context.fillStyle = palette.paper;
  context.fillRect(left, top, tile, tile);
  const tiles = picture?.tiles;
  if (tiles) {
    const cells = tiles.side * tiles.side;
    const own = tiles.values[layer].subarray(place * cells, (place + 1) * cells);
    context.drawImage(imageOf(own, tiles.side, palette), left, top, tile, tile);
  }
  context.strokeStyle = given ? palette.ink : palette.model;
  context.lineWidth = strong ? 2.5 : 1;
  context.strokeRect(left + 0.5, top + 0.5, tile - 1, tile - 1);
}

let scratch: OffscreenCanvas | undefined;

/** Orange above 0, blue below, paper at 0: as the surface has it. */
function imageOf(values: Int8Array, side: number, palette: Palette): OffscreenCanvas {
  if (scratch?.width !== side) scratch = new OffscreenCanvas(side, side);
  const context = scratch.getContext('2d') as OffscreenCanvasRenderingContext2D;
  const image = context.createImageData(side, side);
  const [paper, above, below] = [palette.paper, palette.validation, palette.model].map(channelsOf);
  values.forEach((value, cell) => {
    const end = value < 0 ? below : above;
    const share = Math.abs(value) / 127;
    for (let channel = 0; channel < 3; channel++) {
      image.data[4 * cell + channel] = paper[channel] + share * (end[channel] - paper[channel]);
    }
    image.data[4 * cell + 3] = 255;
  });
  context.putImageData(image, 0, 0);
  return scratch;
}

function channelsOf(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}
