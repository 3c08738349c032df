/** The elements that ask a model, which are loaded when somebody first predicts. */
import { defineAll, type Elements } from '../ui/define-once.ts';
import { LabAnswer } from './lab-answer.ts';
import { LabPredictField } from './lab-predict-field.ts';
import { LabPredictFile } from './lab-predict-file.ts';
import { LabTrainOn } from './lab-train-on.ts';
import { LabWhy } from './lab-why.ts';

declare global {
  interface HTMLElementTagNameMap {
    'lab-answer': LabAnswer;
    'lab-predict-field': LabPredictField;
    'lab-predict-file': LabPredictFile;
    'lab-train-on': LabTrainOn;
    'lab-why': LabWhy;
  }
}

const elements: Elements = {
  'lab-answer': LabAnswer,
  'lab-predict-field': LabPredictField,
  'lab-predict-file': LabPredictFile,
  'lab-train-on': LabTrainOn,
  'lab-why': LabWhy,
};

/** Safe to call twice. */
export function definePredictElements(): void {
  defineAll(elements);
}
