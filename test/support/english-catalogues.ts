/** All English catalogues of the library, by their files. */

import { cpu } from '../../src/messages/en/cpu.ts';
import { engines } from '../../src/messages/en/engines.ts';
import { gpu } from '../../src/messages/en/gpu.ts';
import { models } from '../../src/messages/en/models.ts';
import { page } from '../../src/messages/en/page.ts';
import { reading } from '../../src/messages/en/reading.ts';
import { settings } from '../../src/messages/en/settings.ts';
import { sweeps } from '../../src/messages/en/sweeps.ts';
import { training } from '../../src/messages/en/training.ts';
import type { Catalogue } from '../../src/util/message.ts';

export const englishCatalogues: Record<string, Catalogue> = {
  cpu,
  engines,
  gpu,
  models,
  page,
  reading,
  settings,
  sweeps,
  training,
};
