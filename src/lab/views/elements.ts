/** The elements of the views, which are loaded when one of them is first opened; the fit is there from the beginning. */
import { defineAll, type Elements } from '../ui/define-once.ts';
import { LabAsked } from './lab-asked.ts';
import { LabDependence } from './lab-dependence.ts';
import { LabImportance } from './lab-importance.ts';
import { LabInside } from './lab-inside.ts';
import { LabResiduals } from './lab-residuals.ts';
import { LabRoc } from './lab-roc.ts';
import { LabRows } from './lab-rows.ts';
import { LabSurface } from './lab-surface.ts';

declare global {
  interface HTMLElementTagNameMap {
    'lab-asked': LabAsked;
    'lab-dependence': LabDependence;
    'lab-importance': LabImportance;
    'lab-inside': LabInside;
    'lab-residuals': LabResiduals;
    'lab-roc': LabRoc;
    'lab-rows': LabRows;
    'lab-surface': LabSurface;
  }
}

const elements: Elements = {
  'lab-asked': LabAsked,
  'lab-dependence': LabDependence,
  'lab-importance': LabImportance,
  'lab-inside': LabInside,
  'lab-residuals': LabResiduals,
  'lab-roc': LabRoc,
  'lab-rows': LabRows,
  'lab-surface': LabSurface,
};

/** Safe to call twice. */
export function defineViewElements(): void {
  defineAll(elements);
}
