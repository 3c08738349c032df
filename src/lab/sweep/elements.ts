/** The dialog of sweeps with what it takes, loaded when it is first opened. */
import { defineAll, type Elements } from '../ui/define-once.ts';
import { LabLeaders } from './lab-leaders.ts';
import { LabMultiples } from './lab-multiples.ts';
import { LabParallel } from './lab-parallel.ts';
import { LabShares } from './lab-shares.ts';
import { LabSweep } from './lab-sweep.ts';
import { LabSweepFile } from './lab-sweep-file.ts';
import { LabSweepKept } from './lab-sweep-kept.ts';
import { LabSweepSettings } from './lab-sweep-settings.ts';
import { LabVary } from './lab-vary.ts';

export { SweepController } from './controller.ts';

declare global {
  interface HTMLElementTagNameMap {
    'lab-leaders': LabLeaders;
    'lab-multiples': LabMultiples;
    'lab-parallel': LabParallel;
    'lab-shares': LabShares;
    'lab-vary': LabVary;
    'lab-sweep-file': LabSweepFile;
    'lab-sweep-kept': LabSweepKept;
    'lab-sweep-settings': LabSweepSettings;
    'lab-sweep': LabSweep;
  }
}

const elements: Elements = {
  'lab-leaders': LabLeaders,
  'lab-multiples': LabMultiples,
  'lab-parallel': LabParallel,
  'lab-shares': LabShares,
  'lab-vary': LabVary,
  'lab-sweep-file': LabSweepFile,
  'lab-sweep-kept': LabSweepKept,
  'lab-sweep-settings': LabSweepSettings,
  'lab-sweep': LabSweep,
};

/** Safe to call twice. */
export function defineSweepElements(): void {
  defineAll(elements);
}
