import type { AllTexts } from './all.ts';
import { activations } from './ko/activations.ts';
import { app } from './ko/app.ts';
import { baseModel } from './ko/base-model.ts';
import { common } from './ko/common.ts';
import { data } from './ko/data.ts';
import { dataDialogs } from './ko/data-dialogs.ts';
import { fit } from './ko/fit.ts';
import { founding } from './ko/founding.ts';
import { lesson } from './ko/lesson.ts';
import { lessons } from './ko/lessons.ts';
import { metricHelp } from './ko/metric-help.ts';
import { modelExport } from './ko/model-export.ts';
import { modelViews } from './ko/model-views.ts';
import { network } from './ko/network.ts';
import { predict } from './ko/predict.ts';
import { prediction } from './ko/prediction.ts';
import { results } from './ko/results.ts';
import { run } from './ko/run.ts';
import { runTable } from './ko/run-table.ts';
import { runs } from './ko/runs.ts';
import { settings } from './ko/settings.ts';
import { sweep } from './ko/sweep.ts';
import { views } from './ko/views.ts';
import { watch } from './ko/watch.ts';

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
