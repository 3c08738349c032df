/** All English catalogues of the library, by their files. */

import { baseModel } from '../../../src/messages/en/base-model.ts';
import { binaryFiles } from '../../../src/messages/en/binary-files.ts';
import { changes } from '../../../src/messages/en/changes.ts';
import { columns } from '../../../src/messages/en/columns.ts';
import { cpu } from '../../../src/messages/en/cpu.ts';
import { engines } from '../../../src/messages/en/engines.ts';
import { fits } from '../../../src/messages/en/fits.ts';
import { gpu } from '../../../src/messages/en/gpu.ts';
import { lessons } from '../../../src/messages/en/lessons.ts';
import { library } from '../../../src/messages/en/library.ts';
import { models } from '../../../src/messages/en/models.ts';
import { onnx } from '../../../src/messages/en/onnx.ts';
import { page } from '../../../src/messages/en/page.ts';
import { preparing } from '../../../src/messages/en/preparing.ts';
import { reading } from '../../../src/messages/en/reading.ts';
import { sequential } from '../../../src/messages/en/sequential.ts';
import { settings } from '../../../src/messages/en/settings.ts';
import { sweeps } from '../../../src/messages/en/sweeps.ts';
import { tables } from '../../../src/messages/en/tables.ts';
import { trained, training } from '../../../src/messages/en/training.ts';
import { verdicts } from '../../../src/messages/en/verdicts.ts';
import type { Catalogue } from '../../../src/util/message.ts';

export const englishCatalogues: Record<string, Catalogue> = {
  baseModel,
  changes,
  cpu,
  engines,
  fits,
  gpu,
  lessons,
  library,
  models,
  onnx,
  page,
  preparing,
  reading,
  columns,
  sequential,
  settings,
  sweeps,
  tables,
  trained,
  training,
  binaryFiles,
  verdicts,
};
