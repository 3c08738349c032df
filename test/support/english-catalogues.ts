/** All English catalogues of the library, by their files. */
import { reading } from '../../src/messages/en/reading.ts';
import type { Catalogue } from '../../src/util/message.ts';

export const englishCatalogues: Record<string, Catalogue> = { reading };
