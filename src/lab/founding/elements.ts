/** The dialog of the founding report with what it takes, loaded when it is first opened. */
import { defineAll, type Elements } from '../ui/define-once.ts';
import { LabFounding } from './lab-founding.ts';
import { LabFoundingFigures } from './lab-founding-figures.ts';

declare global {
  interface HTMLElementTagNameMap {
    'lab-founding': LabFounding;
    'lab-founding-figures': LabFoundingFigures;
  }
}

const elements: Elements = { 'lab-founding': LabFounding, 'lab-founding-figures': LabFoundingFigures };

/** Safe to call twice. */
export function defineFoundingElements(): void {
  defineAll(elements);
}
