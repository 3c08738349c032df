import { app } from './en/app.ts';
import { common } from './en/common.ts';
import { data } from './en/data.ts';
import { founding } from './en/founding.ts';
import { inside } from './en/inside.ts';
import { lessons } from './en/lessons.ts';
import { network } from './en/network.ts';
import { predict } from './en/predict.ts';
import { results } from './en/results.ts';
import { run } from './en/run.ts';
import { runs } from './en/runs.ts';
import { settings } from './en/settings.ts';
import { sweep } from './en/sweep.ts';
import { views } from './en/views.ts';

export const en = {
  app,
  common,
  data,
  founding,
  inside,
  lessons,
  network,
  predict,
  results,
  run,
  runs,
  settings,
  sweep,
  views,
};
