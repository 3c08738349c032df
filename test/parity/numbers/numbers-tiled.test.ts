/** The layered plan with tiles in workgroup memory, and with batches in slices. */

import type { Case } from '../support/cases.ts';
import { layered } from '../support/variants.ts';
import { compareNumbers } from './numbers.ts';
import { base, layers, rates, shapes, wide } from './numbers-cases.ts';

/** Batches cut into slices that do not divide them; in the last two one layer has too many tiles to be cut. */
const slices: Case[] = [
  { ...base, batch_size: 18, trials: 3 },
  { ...base, hidden: [], outputs: 3, batch_size: 18, optimizer: 'adam' },
  { ...base, hidden: [9, 6], batch_size: 17, trials: 3, numbers: { clip_norm: 0.1, l2: 0.01 } },
  { ...base, hidden: [9, 6], batch_size: 18, momentum: 0.9, loss: 'softmax_cross_entropy', outputs: 3, dropout: 0.2 },
  { ...base, columns: 33, hidden: [65, 31], outputs: 5, rows: 90, batch_size: 71, optimizer: 'adam' },
  { ...base, columns: 200, hidden: [230, 3], rows: 40, batch_size: 19, trials: 2 },
  {
    ...base,
    hidden: [230, 200],
    rows: 40,
    batch_size: 19,
    momentum: 0.9,
    learning_rate: 1e-3,
    numbers: { clip_norm: 0.5 },
  },
  { ...layers[1], numbers: { clip_norm: 0.1 } },
  { ...layers[1], hidden: [9, 6], trials: 2 },
  { ...rates[0], batch_size: 18 },
  { ...rates[1], batch_size: 17 },
  { ...rates[2], batch_size: 17 },
];

compareNumbers([
  { ...layered('tiled', shapes, { core: 'tiled' }), elsewhere: [shapes[6]] },
  // Slow to compile for a software adapter: few results, and sizes just above and below a tile's.
  { ...layered('tiled wide', [shapes[3], shapes[6], shapes[7]], { core: 'tiled_wide' }), elsewhere: [shapes[6]] },
  { ...layered('tiled, 16 x 16', [shapes[6]], { core: 'tiled', threads: 16 }), dawnOnly: true },
  { ...layered('tiled wide, 16 x 16', [wide], { core: 'tiled_wide', threads: 16 }), dawnOnly: true },
  { ...layered('slices', slices, { core: 'direct', slice_rows: 4 }), elsewhere: slices.slice(2, 4) },
  { ...layered('tiled, slices', slices.slice(2, 5), { core: 'tiled', slice_rows: 3 }), dawnOnly: true },
]);
