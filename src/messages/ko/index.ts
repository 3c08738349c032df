/** All that the library says, in Korean: loaded only where Korean is asked for. */
import { evaluation } from './evaluation.ts';
import { reading } from './reading.ts';

export const ko = { ...evaluation, ...reading };
