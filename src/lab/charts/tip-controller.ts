/** Words beside an element of its host that is pointed at or has the focus. */
import { nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { tip } from './marks.ts';

export class TipController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #shown: { lines: readonly string[]; at: { x: number; y: number } } | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#shown = undefined;
  }

  /** Beside the element that the event is of. */
  show({ currentTarget }: Event, lines: readonly string[]): void {
    const own = (currentTarget as Element).getBoundingClientRect();
    this.showAt(own.left + own.width / 2, own.top + own.height / 2, lines);
  }

  /** @param x of the window, as `y` is */
  showAt(x: number, y: number, lines: readonly string[]): void {
    const box = this.#host.getBoundingClientRect();
    this.#shown = { lines, at: { x: x - box.left, y: y - box.top } };
    this.#host.requestUpdate();
  }

  hide(): void {
    if (!this.#shown) return;
    this.#shown = undefined;
    this.#host.requestUpdate();
  }

  render(): TemplateResult | typeof nothing {
    const { clientWidth, clientHeight } = this.#host;
    return this.#shown ? tip(this.#shown.lines, this.#shown.at, clientWidth, clientHeight) : nothing;
  }
}
