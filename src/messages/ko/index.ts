/** All that the library says, in Korean: loaded only where Korean is asked for. */
import { reading } from './reading.ts';

export const ko = { ...reading };
