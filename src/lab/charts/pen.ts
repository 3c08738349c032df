/** What plots are drawn with: of a canvas's context what all drawings use, so that an SVG can be drawn with the same calls. */
import type { Palette } from './palette.ts';
import type { Zoom } from './zoom.ts';

export type Pen = Pick<
  CanvasRenderingContext2D,
  | 'arc'
  | 'beginPath'
  | 'clip'
  | 'closePath'
  | 'createLinearGradient'
  | 'drawImage'
  | 'fill'
  | 'fillRect'
  | 'fillStyle'
  | 'fillText'
  | 'font'
  | 'globalAlpha'
  | 'imageSmoothingEnabled'
  | 'imageSmoothingQuality'
  | 'lineJoin'
  | 'lineTo'
  | 'lineWidth'
  | 'measureText'
  | 'moveTo'
  | 'rect'
  | 'restore'
  | 'save'
  | 'setLineDash'
  | 'stroke'
  | 'strokeRect'
  | 'strokeStyle'
  | 'textAlign'
  | 'textBaseline'
>;

/** Where a plot is drawn, in CSS pixels. */
export interface Surface {
  context: Pen;
  palette: Palette;
  width: number;
  height: number;
  /** The part of the plot that is drawn; all of it without. */
  zoom?: Zoom;
}

/** A plot as it stands, to be drawn elsewhere. */
export interface Still {
  width: number;
  height: number;
  palette: Palette;
  draw: (surface: Surface) => unknown;
  /** Whether it is a part of the plot. */
  zoomed?: boolean;
}
