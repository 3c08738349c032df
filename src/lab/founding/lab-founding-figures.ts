/** The figures of the report, drawn once: those of the page that the worker has written, with that page's styles. */
import { css, LitElement, unsafeCSS } from 'lit';
import { property } from 'lit/decorators.js';
import styles from '../../html/page.css?raw';

export class LabFoundingFigures extends LitElement {
  /** The page, which is in English. */
  @property({ attribute: false }) page = '';

  static override styles = [
    unsafeCSS(styles),
    css`
      :host {
        display: block;
        /* What the drawings lie on. */
        --paper: var(--raised);
      }
    `,
  ];

  override render(): Element[] {
    const { body } = new DOMParser().parseFromString(this.page, 'text/html');
    return [...body.querySelectorAll('figure:not(.tabular)')];
  }
}
