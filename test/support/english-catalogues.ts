/** All English catalogues of the library, by their files. */

import { evaluation } from '../../src/messages/en/evaluation.ts';
import { models } from '../../src/messages/en/models.ts';
import { reading } from '../../src/messages/en/reading.ts';
import { sweeps } from '../../src/messages/en/sweeps.ts';
import type { Catalogue } from '../../src/util/message.ts';

export const englishCatalogues: Record<string, Catalogue> = { evaluation, models, reading, sweeps };
