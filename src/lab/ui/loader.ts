/**
 * Loads the parts of the page that are wanted later than its first drawing. Where one cannot be had (there is no connection,
 * or the page has been replaced by a newer one) a line says so, whose way on is to load the page anew: browsers remember that
 * a module failed, and do not ask for it twice.
 */
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';

export class Loader {
  readonly #host: ReactiveControllerHost;
  #failed = false;

  /** @param host draws the line */
  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  /** Undefined where it cannot be had. */
  async load<Part>(part: () => Promise<Part>): Promise<Part | undefined> {
    try {
      return await part();
    } catch (error) {
      console.warn('A part of the page could not be loaded:', error);
      this.#set(true);
      return undefined;
    }
  }

  /** @param floating over the page, where no part of it is its place */
  line(floating = false): TemplateResult | typeof nothing {
    if (!this.#failed) return nothing;
    return html`<lab-unloaded ?floating=${floating} @dismiss=${() => this.#set(false)}></lab-unloaded>`;
  }

  #set(failed: boolean): void {
    this.#failed = failed;
    this.#host.requestUpdate();
  }
}
