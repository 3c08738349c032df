/**
 * A pen whose calls become an SVG: what plots draw on a canvas, as paths and text that can be edited. Only what `Pen` has is
 * there, and circles are whole.
 */
import type { Pen } from '../pen.ts';

type Style = Pick<
  Pen,
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'lineJoin'
  | 'globalAlpha'
  | 'font'
  | 'textAlign'
  | 'textBaseline'
  | 'imageSmoothingEnabled'
  | 'imageSmoothingQuality'
> & { dash: number[]; clip: string | undefined };

/** How far below its place a text's baseline lies, in parts of its size. */
const baselines: Partial<Record<CanvasTextBaseline, number>> = { top: 0.8, middle: 0.35 };
const anchors: Partial<Record<CanvasTextAlign, string>> = { center: 'middle', right: 'end', end: 'end' };

export class SvgPen implements Pen {
  fillStyle: Pen['fillStyle'] = '#000000';
  strokeStyle: Pen['strokeStyle'] = '#000000';
  lineWidth = 1;
  lineJoin: CanvasLineJoin = 'miter';
  globalAlpha = 1;
  font = '12px sans-serif';
  textAlign: CanvasTextAlign = 'start';
  textBaseline: CanvasTextBaseline = 'alphabetic';
  imageSmoothingEnabled = true;
  imageSmoothingQuality: ImageSmoothingQuality = 'low';

  readonly #measure: Pick<Pen, 'font' | 'measureText'>;
  readonly #body: string[] = [];
  readonly #definitions: string[] = [];
  readonly #saved: Style[] = [];
  #path: string[] = [];
  #dash: number[] = [];
  #clip: string | undefined;

  /** @param measure what knows how wide a text is */
  constructor(measure: Pick<Pen, 'font' | 'measureText'>) {
    this.#measure = measure;
  }

  /** The document, on a ground of one colour. */
  document(width: number, height: number, ground: string, title: string): string {
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
      `<title>${escaped(title)}</title>`,
      `<defs>${this.#definitions.join('')}</defs>`,
      `<rect width="${width}" height="${height}" fill="${ground}"/>`,
      ...this.#body,
      '</svg>\n',
    ].join('\n');
  }

  save(): void {
    const { fillStyle, strokeStyle, lineWidth, lineJoin, globalAlpha, font, textAlign, textBaseline } = this;
    const { imageSmoothingEnabled, imageSmoothingQuality } = this;
    const text = { font, textAlign, textBaseline };
    const image = { imageSmoothingEnabled, imageSmoothingQuality };
    const state = { dash: this.#dash, clip: this.#clip };
    this.#saved.push({ fillStyle, strokeStyle, lineWidth, lineJoin, globalAlpha, ...text, ...image, ...state });
  }

  restore(): void {
    const saved = this.#saved.pop();
    if (!saved) return;
    const { dash, clip, ...style } = saved;
    Object.assign(this, style);
    this.#dash = dash;
    this.#clip = clip;
  }

  beginPath(): void {
    this.#path = [];
  }

  moveTo(x: number, y: number): void {
    this.#path.push(`M${short(x)} ${short(y)}`);
  }

  /** As on a canvas, the first of a path only moves. */
  lineTo(x: number, y: number): void {
    this.#path.push(`${this.#path.length === 0 ? 'M' : 'L'}${short(x)} ${short(y)}`);
  }

  closePath(): void {
    this.#path.push('Z');
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.#path.push(`M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`);
  }

  arc(x: number, y: number, radius: number): void {
    const r = short(radius);
    this.#path.push(`M${short(x - radius)} ${short(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`);
  }

  clip(): void {
    const id = this.#define('clipPath', '', `<path d="${this.#path.join('')}"/>`);
    this.#clip = id;
  }

  fill(): void {
    this.#add(`<path d="${this.#path.join('')}" ${paint('fill', this.fillStyle)}/>`);
  }

  stroke(): void {
    const dash = this.#dash.length > 0 ? ` stroke-dasharray="${this.#dash.join(' ')}"` : '';
    const join = this.lineJoin === 'miter' ? '' : ` stroke-linejoin="${this.lineJoin}"`;
    this.#add(
      `<path d="${this.#path.join('')}" fill="none" ${paint('stroke', this.strokeStyle)} stroke-width="${this.lineWidth}"${dash}${join}/>`,
    );
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.#add(`<rect ${box(x, y, width, height)} ${paint('fill', this.fillStyle)}/>`);
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    const style = `fill="none" ${paint('stroke', this.strokeStyle)} stroke-width="${this.lineWidth}"`;
    this.#add(`<rect ${box(x, y, width, height)} ${style}/>`);
  }

  fillText(text: string, x: number, y: number): void {
    if (text === '') return;
    const [, weight = '', size = '12', face = 'sans-serif'] = /^(?:(\d+|bold) )?([\d.]+)px (.*)$/.exec(this.font) ?? [];
    const below = y + Number(size) * (baselines[this.textBaseline] ?? 0);
    const anchor = anchors[this.textAlign];
    const style = `font-family="${escaped(face)}" font-size="${size}"${weight && ` font-weight="${weight}"`}`;
    this.#add(
      `<text x="${short(x)}" y="${short(below)}" ${style}${anchor ? ` text-anchor="${anchor}"` : ''} ${paint('fill', this.fillStyle)}>${escaped(text)}</text>`,
    );
  }

  measureText(text: string): TextMetrics {
    this.#measure.font = this.font;
    return this.#measure.measureText(text);
  }

  setLineDash(dash: number[]): void {
    this.#dash = dash;
  }

  createLinearGradient(x1: number, y1: number, x2: number, y2: number): CanvasGradient {
    const stops: string[] = [];
    const place = this.#definitions.push('') - 1;
    const id = `gradient-${place}`;
    const addColorStop = (offset: number, colour: string) => {
      stops.push(`<stop offset="${short(offset)}" stop-color="${colour}"/>`);
      const line = `x1="${short(x1)}" y1="${short(y1)}" x2="${short(x2)}" y2="${short(y2)}"`;
      this.#definitions[place] =
        `<linearGradient id="${id}" gradientUnits="userSpaceOnUse" ${line}>${stops.join('')}</linearGradient>`;
    };
    return Object.assign({ addColorStop }, { toString: () => `url(#${id})` });
  }

  /** Embedded as a PNG, which stretches as smoothly as on a canvas. */
  drawImage(image: CanvasImageSource, ...at: number[]): void {
    const [x, y, width, height] = at;
    const { width: columns, height: rows } = image as HTMLCanvasElement | OffscreenCanvas;
    const canvas = Object.assign(document.createElement('canvas'), { width: columns, height: rows });
    canvas.getContext('2d')?.drawImage(image, 0, 0);
    this.#add(`<image ${box(x, y, width, height)} preserveAspectRatio="none" href="${canvas.toDataURL()}"/>`);
  }

  #add(element: string): void {
    const alpha = this.globalAlpha < 1 ? element.replace(/^<(\w+)/, `<$1 opacity="${this.globalAlpha}"`) : element;
    this.#body.push(this.#clip ? `<g clip-path="url(#${this.#clip})">${alpha}</g>` : alpha);
  }

  #define(element: string, attributes: string, body: string): string {
    const id = `${element}-${this.#definitions.length}`;
    this.#definitions.push(`<${element} id="${id}"${attributes}>${body}</${element}>`);
    return id;
  }
}

function paint(of: 'fill' | 'stroke', style: Pen['fillStyle']): string {
  return `${of}="${escaped(String(style))}"`;
}

function box(x: number, y: number, width: number, height: number): string {
  return `x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}"`;
}

/** Hundredths of a pixel are enough. */
function short(value: number): number {
  return Math.round(value * 100) / 100;
}

function escaped(text: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (character) => names[character]);
}
