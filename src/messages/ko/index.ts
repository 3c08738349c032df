/** All that the library says, in Korean: loaded only where Korean is asked for. */
import { cpu } from './cpu.ts';
import { engines } from './engines.ts';
import { gpu } from './gpu.ts';
import { models } from './models.ts';
import { page } from './page.ts';
import { reading } from './reading.ts';
import { settings } from './settings.ts';
import { sweeps } from './sweeps.ts';
import { training } from './training.ts';

export const ko = { ...cpu, ...engines, ...gpu, ...models, ...page, ...reading, ...settings, ...sweeps, ...training };
