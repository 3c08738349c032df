/** Keeps a canvas as large as its box and crisp on any screen, and says when it has to be drawn again. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { language } from '../i18n/language.ts';
import { sameItems } from '../ui/equality.ts';
import { type Palette, paletteOf } from './palette.ts';

type Host = ReactiveControllerHost & HTMLElement;

export class CanvasController implements ReactiveController {
  /** Read again when the colour scheme changes. */
  palette!: Palette;

  readonly #host: Host;
  /** What was drawn last. */
  #shown: readonly unknown[] | undefined;
  readonly #scheme = matchMedia('(prefers-color-scheme: dark)');
  readonly #sizes = new ResizeObserver(() => this.#host.requestUpdate());

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.palette = paletteOf(this.#host);
    this.#sizes.observe(this.#host);
    this.#scheme.addEventListener('change', this.#recolour);
  }

  hostDisconnected(): void {
    this.#sizes.disconnect();
    this.#scheme.removeEventListener('change', this.#recolour);
  }

  /**
   * A cleared context whose unit is the CSS pixel; undefined while the canvas has no size, and where it already shows this.
   * @param shown all that the drawing depends on, beside size, colours and language; without it every drawing is a new one
   */
  begin(
    canvas: HTMLCanvasElement,
    shown?: readonly unknown[],
  ): { context: CanvasRenderingContext2D; width: number; height: number } | undefined {
    const { clientWidth: width, clientHeight: height } = canvas;
    const context = canvas.getContext('2d');
    if (!context || width === 0 || height === 0) return undefined;
    const ratio = devicePixelRatio;
    const all = shown && [canvas, width, height, ratio, this.palette, language(), ...shown];
    if (all && this.#shown && sameItems(all, this.#shown)) return undefined;
    this.#shown = all;
    const pixels = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== pixels[0] || canvas.height !== pixels[1]) [canvas.width, canvas.height] = pixels;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    return { context, width, height };
  }

  readonly #recolour = (): void => {
    this.palette = paletteOf(this.#host);
    this.#host.requestUpdate();
  };
}
