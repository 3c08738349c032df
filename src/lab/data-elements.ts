/** The elements of the dialogs about data, which are loaded when one of them is first opened. */
import type { LitElement } from 'lit';
import { LabColumns } from './components/lab-columns.ts';
import { LabDistribution } from './components/lab-distribution.ts';
import { LabGallery } from './components/lab-gallery.ts';
import { LabPaste } from './components/lab-paste.ts';
import { LabPreview } from './components/lab-preview.ts';
import { LabReadingSettings } from './components/lab-reading-settings.ts';
import { LabSplit } from './components/lab-split.ts';
import { defineAll } from './define-once.ts';

const elements: Record<string, typeof LitElement> = {
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
