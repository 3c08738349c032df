import { app } from './ko/app.ts';
import { common } from './ko/common.ts';
import { data } from './ko/data.ts';
import { founding } from './ko/founding.ts';
import { inside } from './ko/inside.ts';
import { lessons } from './ko/lessons.ts';
import { network } from './ko/network.ts';
import { predict } from './ko/predict.ts';
import { results } from './ko/results.ts';
import { run } from './ko/run.ts';
import { runs } from './ko/runs.ts';
import { settings } from './ko/settings.ts';
import { sweep } from './ko/sweep.ts';
import { views } from './ko/views.ts';
import type { Text } from './text.ts';

export const ko: Text = {
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

export { settings } from './ko/setting-texts.ts';
