/** All English catalogues of the library, by their files. */

import { cpu } from '../../../src/messages/en/engines/cpu.ts';
import { engines } from '../../../src/messages/en/engines/engines.ts';
import { gpu } from '../../../src/messages/en/engines/gpu.ts';
import { lessons } from '../../../src/messages/en/lessons.ts';
import { library } from '../../../src/messages/en/library.ts';
import { baseModel } from '../../../src/messages/en/models/base-model.ts';
import { columns } from '../../../src/messages/en/models/columns.ts';
import { models } from '../../../src/messages/en/models/models.ts';
import { onnx } from '../../../src/messages/en/models/onnx.ts';
import { sequential } from '../../../src/messages/en/models/sequential.ts';
import { page } from '../../../src/messages/en/page.ts';
import { binaryFiles } from '../../../src/messages/en/tables/binary-files.ts';
import { preparing } from '../../../src/messages/en/tables/preparing.ts';
import { reading } from '../../../src/messages/en/tables/reading.ts';
import { tables } from '../../../src/messages/en/tables/tables.ts';
import { changes } from '../../../src/messages/en/training/changes.ts';
import { fits } from '../../../src/messages/en/training/fits.ts';
import { settings } from '../../../src/messages/en/training/settings.ts';
import { sweeps } from '../../../src/messages/en/training/sweeps.ts';
import { trained, training } from '../../../src/messages/en/training/training.ts';
import { verdicts } from '../../../src/messages/en/training/verdicts.ts';
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
