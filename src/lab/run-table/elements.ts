/** The table of runs with what it takes, loaded when it is first opened. */
import { defineAll, type Elements } from '../ui/define-once.ts';
import { defineViewElements } from '../views/elements.ts';
import { LabCompared } from './lab-compared.ts';
import { LabRunTable } from './lab-run-table.ts';

declare global {
  interface HTMLElementTagNameMap {
    'lab-compared': LabCompared;
    'lab-run-table': LabRunTable;
  }
}

const elements: Elements = { 'lab-compared': LabCompared, 'lab-run-table': LabRunTable };

/** Safe to call twice. */
export function defineRunTableElements(): void {
  defineViewElements();
  defineAll(elements);
}
