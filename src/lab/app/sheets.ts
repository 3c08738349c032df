/** Where the page is narrow, its sides are sheets of which one is open at most; elsewhere both are always in sight. */
import type { LitElement, ReactiveController } from 'lit';
import { observed } from '../ui/observed.ts';

export type Sheet = 'settings' | 'results';

export class SheetController implements ReactiveController {
  @observed() narrow = false;
  /** The sheet that is open. */
  @observed() open: Sheet | undefined;

  readonly #host: LitElement;
  readonly #query = matchMedia('(max-width: 899px)');
  /** The sheet that was open when the focus was last moved. */
  #focused: Sheet | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.narrow = this.#query.matches;
    this.#query.addEventListener('change', this.#resized);
  }

  hostDisconnected(): void {
    this.#query.removeEventListener('change', this.#resized);
  }

  /** Focus goes into a sheet that opens, and back to its button when it closes. */
  hostUpdated(): void {
    const before = this.#focused;
    if (before === this.open) return;
    this.#focused = this.open;
    if (!this.narrow) return;
    const next = this.open ? '.side.open' : `nav [data-sheet=${before}]`;
    this.#host.renderRoot.querySelector<HTMLElement>(next)?.focus();
  }

  toggle(sheet: Sheet): void {
    this.open = this.open === sheet ? undefined : sheet;
  }

  close(): void {
    this.open = undefined;
  }

  /** A sheet that is closed takes no part in tabbing and is not read out. */
  hides(sheet: Sheet): boolean {
    return this.narrow && this.open !== sheet;
  }

  readonly #resized = (): void => {
    this.narrow = this.#query.matches;
    this.close();
  };
}
