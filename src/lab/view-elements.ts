/** The elements of the views, which are loaded when one of them is first opened; the fit is there from the beginning. */
import type { LitElement } from 'lit';
import { LabAsked } from './components/lab-asked.ts';
import { LabDependence } from './components/lab-dependence.ts';
import { LabImportance } from './components/lab-importance.ts';
import { LabInside } from './components/lab-inside.ts';
import { LabResiduals } from './components/lab-residuals.ts';
import { LabRoc } from './components/lab-roc.ts';
import { LabSurface } from './components/lab-surface.ts';
import { defineAll } from './define-once.ts';

const elements: Record<string, typeof LitElement> = {
  'lab-asked': LabAsked,
  'lab-dependence': LabDependence,
  'lab-importance': LabImportance,
  'lab-inside': LabInside,
  'lab-residuals': LabResiduals,
  'lab-roc': LabRoc,
  'lab-surface': LabSurface,
};

/** Safe to call twice. */
export function defineViewElements(): void {
  defineAll(elements);
}
