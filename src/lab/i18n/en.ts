/** The English that comes with the page; that of later parts comes with them (`all.ts`). */
import { app } from './en/app.ts';
import { common } from './en/common.ts';
import { data } from './en/data.ts';
import { lessons } from './en/lessons.ts';
import { network } from './en/network.ts';
import { predict } from './en/predict.ts';
import { results } from './en/results.ts';
import { run } from './en/run.ts';
import { runs } from './en/runs.ts';
import { settings } from './en/settings.ts';
import { views } from './en/views.ts';

export const en = {
  app,
  common,
  data,
  lessons,
  network,
  predict,
  results,
  run,
  runs,
  settings,
  views,
};
