/** The elements of the dialogs about data, which are loaded when one of them is first opened. */
import { defineAll, type Elements } from '../ui/define-once.ts';
import { LabColumns } from './dialogs/lab-columns.ts';
import { LabDistribution } from './dialogs/lab-distribution.ts';
import { LabGallery } from './dialogs/lab-gallery.ts';
import { LabPaste } from './dialogs/lab-paste.ts';
import { LabPreview } from './dialogs/lab-preview.ts';
import { LabReadingSettings } from './dialogs/lab-reading-settings.ts';
import { LabSplit } from './dialogs/lab-split.ts';

declare global {
  interface HTMLElementTagNameMap {
    'lab-columns': LabColumns;
    'lab-distribution': LabDistribution;
    'lab-gallery': LabGallery;
    'lab-paste': LabPaste;
    'lab-preview': LabPreview;
    'lab-reading-settings': LabReadingSettings;
    'lab-split': LabSplit;
  }
}

const elements: Elements = {
  'lab-columns': LabColumns,
  'lab-distribution': LabDistribution,
  'lab-gallery': LabGallery,
  'lab-paste': LabPaste,
  'lab-preview': LabPreview,
  'lab-reading-settings': LabReadingSettings,
  'lab-split': LabSplit,
};

/** Safe to call twice. */
export function defineDataElements(): void {
  defineAll(elements);
}
