/**
 * All of the English catalogue, which other languages have to match. Nothing of the page imports it but as a type: parts that
 * are loaded later bring their own English.
 */

import { activations } from './en/activations.ts';
import { baseModel } from './en/base-model.ts';
import { dataDialogs } from './en/data-dialogs.ts';
import { fit } from './en/fit.ts';
import { founding } from './en/founding.ts';
import { lesson } from './en/lesson.ts';
import { metricHelp } from './en/metric-help.ts';
import { modelExport } from './en/model-export.ts';
import { modelViews } from './en/model-views.ts';
import { prediction } from './en/prediction.ts';
import { runTable } from './en/run-table.ts';
import { sweep } from './en/sweep.ts';
import { watch } from './en/watch.ts';
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
