/** What a fit takes of the page, loaded when somebody first asks for one. */
import { defineAll, type Elements } from '../ui/define-once.ts';
import { LabBestModel } from './lab-best-model.ts';
import { LabHeldOut } from './lab-held-out.ts';
import { LabScoreCurve } from './lab-score-curve.ts';

export { FitController } from './controller.ts';

declare global {
  interface HTMLElementTagNameMap {
    'lab-held-out': LabHeldOut;
    'lab-score-curve': LabScoreCurve;
    'lab-best-model': LabBestModel;
  }
}

const elements: Elements = {
  'lab-held-out': LabHeldOut,
  'lab-score-curve': LabScoreCurve,
  'lab-best-model': LabBestModel,
};

/** Safe to call twice. */
export function defineFitElements(): void {
  defineAll(elements);
}
