/**
 * All of the English catalogue, which other languages have to match. Nothing of the page imports it but as a type: parts that
 * are loaded later bring their own English.
 */

import { activations } from './en/later/activations.ts';
import { baseModel } from './en/later/base-model.ts';
import { dataDialogs } from './en/later/data-dialogs.ts';
import { fit } from './en/later/fit.ts';
import { founding } from './en/later/founding.ts';
import { lesson } from './en/later/lesson.ts';
import { metricHelp } from './en/later/metric-help.ts';
import { modelExport } from './en/later/model-export.ts';
import { modelViews } from './en/later/model-views.ts';
import { prediction } from './en/later/prediction.ts';
import { runTable } from './en/later/run-table.ts';
import { sweep } from './en/later/sweep.ts';
import { watch } from './en/later/watch.ts';
import { en } from './en.ts';

export const allEnglish = {
  ...en,
  activations,
  baseModel,
  dataDialogs,
  fit,
  founding,
  lesson,
  metricHelp,
  modelExport,
  modelViews,
  prediction,
  runTable,
  sweep,
  watch,
};

export type AllTexts = typeof allEnglish;
