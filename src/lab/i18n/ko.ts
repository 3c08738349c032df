import type { AllTexts } from './all.ts';
import { app } from './ko/app.ts';
import { common } from './ko/common.ts';
import { data } from './ko/data.ts';
import { activations } from './ko/later/activations.ts';
import { baseModel } from './ko/later/base-model.ts';
import { dataDialogs } from './ko/later/data-dialogs.ts';
import { fit } from './ko/later/fit.ts';
import { founding } from './ko/later/founding.ts';
import { lesson } from './ko/later/lesson.ts';
import { metricHelp } from './ko/later/metric-help.ts';
import { modelExport } from './ko/later/model-export.ts';
import { modelViews } from './ko/later/model-views.ts';
import { prediction } from './ko/later/prediction.ts';
import { runTable } from './ko/later/run-table.ts';
import { sweep } from './ko/later/sweep.ts';
import { watch } from './ko/later/watch.ts';
import { lessons } from './ko/lessons.ts';
import { network } from './ko/network.ts';
import { predict } from './ko/predict.ts';
import { results } from './ko/results.ts';
import { run } from './ko/run.ts';
import { runs } from './ko/runs.ts';
import { settings } from './ko/settings.ts';
import { views } from './ko/views.ts';

export const ko: AllTexts = {
  activations,
  app,
  baseModel,
  common,
  data,
  dataDialogs,
  fit,
  founding,
  lesson,
  lessons,
  metricHelp,
  modelExport,
  modelViews,
  network,
  predict,
  prediction,
  results,
  run,
  runs,
  runTable,
  settings,
  sweep,
  views,
  watch,
};

export { settings } from './ko/setting-texts.ts';
