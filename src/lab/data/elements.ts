/** The elements of the dialogs about data, which are loaded when one of them is first opened. */
import { defineAll, type Elements } from '../ui/define-once.ts';
import { LabColumns } from './lab-columns.ts';
import { LabDistribution } from './lab-distribution.ts';
import { LabGallery } from './lab-gallery.ts';
import { LabPaste } from './lab-paste.ts';
import { LabPreview } from './lab-preview.ts';
import { LabReadingSettings } from './lab-reading-settings.ts';
import { LabSplit } from './lab-split.ts';

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
