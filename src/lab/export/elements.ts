/** The dialog that saves a model, loaded when it is first opened. */
import { defineAll, type Elements } from '../ui/define-once.ts';
import { LabExport } from './lab-export.ts';

declare global {
  interface HTMLElementTagNameMap {
    'lab-export': LabExport;
  }
}

const elements: Elements = { 'lab-export': LabExport };

/** Safe to call twice. */
export function defineExportElements(): void {
  defineAll(elements);
}
