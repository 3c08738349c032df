/** The figures of the report, drawn once: those of the page that the worker has written, with that page's styles. */
import { css, LitElement, unsafeCSS } from 'lit';
import { property } from 'lit/decorators.js';
import styles from '../../html/page.css?raw';
import { parseReport } from '../shared/trusted-types.ts';

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
    const { body } = parseReport(this.page);
    return [...body.querySelectorAll('figure:not(.tabular)')];
  }
}
