/** All that the library says, in Korean: loaded only where Korean is asked for. */

import { baseModel } from './base-model.ts';
import { binaryFiles } from './binary-files.ts';
import { changes } from './changes.ts';
import { columns } from './columns.ts';
import { cpu } from './cpu.ts';
import { engines } from './engines.ts';
import { fits } from './fits.ts';
import { gpu } from './gpu.ts';
import { lessons } from './lessons.ts';
import { library } from './library.ts';
import { models } from './models.ts';
import { onnx } from './onnx.ts';
import { page } from './page.ts';
import { preparing } from './preparing.ts';
import { reading } from './reading.ts';
import { sequential } from './sequential.ts';
import { settings } from './settings.ts';
import { sweeps } from './sweeps.ts';
import { tables } from './tables.ts';
import { trained, training } from './training.ts';
import { verdicts } from './verdicts.ts';

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
