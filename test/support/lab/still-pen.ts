/** A surface to draw on where there is no canvas: what is drawn is an SVG. */
import type { Palette } from '../../../src/lab/charts/palette.ts';
import type { Surface } from '../../../src/lab/charts/pen.ts';
import { SvgPen } from '../../../src/lab/charts/save/svg-pen.ts';

const letter = 7;
const shades = ['#111111', '#222222', '#333333', '#444444', '#555555', '#666666'];
const palette: Palette = {
  paper: '#ffffff',
  ink: '#000000',
  inkLight: '#777777',
  grid: '#eeeeee',
  hairline: '#dddddd',
  points: '#999999',
  model: '#0000ff',
  modelFaint: '#8888ff',
  validation: '#ff8800',
  validationText: '#aa5500',
  validationFaint: '#ffcc88',
  error: '#ff0000',
  label: '12px sans-serif',
  runs: shades,
  shares: shades.slice(0, 5),
};

export function stillSurface(width: number, height: number): Surface & { context: SvgPen } {
  const measureText = (text: string) => ({ width: letter * text.length }) as TextMetrics;
  return { context: new SvgPen({ font: '', measureText }), palette, width, height };
}
