/** The dialog of the queue with what it takes, loaded when the page is served with one. */
import { LabScoreCurve } from '../fit/lab-score-curve.ts';
import { LabLeaders } from '../sweep/lab-leaders.ts';
import { defineAll, type Elements } from '../ui/define-once.ts';
import { LabQueueState } from './lab-queue-state.ts';
import { LabTrialScores } from './lab-trial-scores.ts';
import { LabWatch } from './lab-watch.ts';
import { LabWatchedFit } from './lab-watched-fit.ts';
import { LabWatchedSweep } from './lab-watched-sweep.ts';

declare global {
  interface HTMLElementTagNameMap {
    'lab-queue-state': LabQueueState;
    'lab-trial-scores': LabTrialScores;
    'lab-watch': LabWatch;
    'lab-watched-fit': LabWatchedFit;
    'lab-watched-sweep': LabWatchedSweep;
  }
}

const elements: Elements = {
  'lab-leaders': LabLeaders,
  'lab-queue-state': LabQueueState,
  'lab-trial-scores': LabTrialScores,
  'lab-score-curve': LabScoreCurve,
  'lab-watched-fit': LabWatchedFit,
  'lab-watched-sweep': LabWatchedSweep,
  'lab-watch': LabWatch,
};

/** Safe to call twice. */
export function defineWatchElements(): void {
  defineAll(elements);
}
