/** The elements that ask a model, which are loaded when somebody first predicts. */
import type { LitElement } from 'lit';
import { LabAnswer } from './components/lab-answer.ts';
import { LabPredictField } from './components/lab-predict-field.ts';
import { LabPredictFile } from './components/lab-predict-file.ts';
import { defineAll } from './define-once.ts';

const elements: Record<string, typeof LitElement> = {
  'lab-answer': LabAnswer,
  'lab-predict-field': LabPredictField,
  'lab-predict-file': LabPredictFile,
};

/** Safe to call twice. */
export function definePredictElements(): void {
  defineAll(elements);
}
