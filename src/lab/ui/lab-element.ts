/** An element that is drawn again when state that it has read changes. */
import { LitElement } from 'lit';
import { Reader } from './observed.ts';

export class LabElement extends LitElement {
  readonly #reader = new Reader(() => {
    // One that is out of the page is drawn when it comes back.
    if (this.isConnected) this.requestUpdate();
  });

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#reader.forget();
  }

  protected override performUpdate(): void {
    this.#reader.follow(() => super.performUpdate());
  }
}
