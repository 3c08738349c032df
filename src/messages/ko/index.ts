/** All that the library says, in Korean: loaded only where Korean is asked for. */
import { evaluation } from './evaluation.ts';
import { models } from './models.ts';
import { reading } from './reading.ts';
import { sweeps } from './sweeps.ts';

export const ko = { ...evaluation, ...models, ...reading, ...sweeps };
