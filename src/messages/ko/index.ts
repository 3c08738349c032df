/** All that the library says, in Korean: loaded only where Korean is asked for. */

import { cpu } from './engines/cpu.ts';
import { engines } from './engines/engines.ts';
import { gpu } from './engines/gpu.ts';
import { lessons } from './lessons.ts';
import { library } from './library.ts';
import { baseModel } from './models/base-model.ts';
import { columns } from './models/columns.ts';
import { models } from './models/models.ts';
import { onnx } from './models/onnx.ts';
import { sequential } from './models/sequential.ts';
import { page } from './page.ts';
import { binaryFiles } from './tables/binary-files.ts';
import { preparing } from './tables/preparing.ts';
import { reading } from './tables/reading.ts';
import { tables } from './tables/tables.ts';
import { changes } from './training/changes.ts';
import { fits } from './training/fits.ts';
import { settings } from './training/settings.ts';
import { sweeps } from './training/sweeps.ts';
import { trained, training } from './training/training.ts';
import { verdicts } from './training/verdicts.ts';

export const ko = {
  ...baseModel,
  ...changes,
  ...cpu,
  ...engines,
  ...fits,
  ...gpu,
  ...lessons,
  ...library,
  ...models,
  ...onnx,
  ...page,
  ...preparing,
  ...reading,
  ...columns,
  ...sequential,
  ...settings,
  ...sweeps,
  ...tables,
  ...trained,
  ...training,
  ...binaryFiles,
  ...verdicts,
};
