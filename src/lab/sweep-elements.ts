/** The dialog of sweeps with what it takes, loaded when it is first opened. */
import type { LitElement } from 'lit';
import { LabLeaders } from './components/lab-leaders.ts';
import { LabMultiples } from './components/lab-multiples.ts';
import { LabSweep } from './components/lab-sweep.ts';
import { LabSweepSettings } from './components/lab-sweep-settings.ts';
import { LabVary } from './components/lab-vary.ts';
import { defineAll } from './define-once.ts';

export { SweepController } from './sweep-controller.ts';

const elements: Record<string, typeof LitElement> = {
  'lab-leaders': LabLeaders,
  'lab-multiples': LabMultiples,
  'lab-vary': LabVary,
  'lab-sweep-settings': LabSweepSettings,
  'lab-sweep': LabSweep,
};

/** Safe to call twice. */
export function defineSweepElements(): void {
  defineAll(elements);
}
