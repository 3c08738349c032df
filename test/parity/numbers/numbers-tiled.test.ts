/** The layered plan with tiles in workgroup memory, and with batches in slices. */

import type { Case } from '../support/cases.ts';
import { layered } from '../support/variants.ts';
import { compareNumbers } from './numbers.ts';
import { base, layers, rates, shapes, tileEdges, wide } from './numbers-cases.ts';

/** Batches cut into slices that do not divide them. */
const slices: Case[] = [
  { ...base, batch_size: 18, trials: 3 },
  { ...base, hidden: [], outputs: 3, batch_size: 18, optimizer: 'adam' },
  { ...base, hidden: [9, 6], batch_size: 17, trials: 3, numbers: { clip_norm: 0.1, l2: 0.01 } },
  { ...base, hidden: [9, 6], batch_size: 18, momentum: 0.9, loss: 'softmax_cross_entropy', outputs: 3, dropout: 0.2 },
  { ...base, columns: 33, hidden: [65, 31], outputs: 5, rows: 90, batch_size: 71, optimizer: 'adam' },
  { ...layers[1], numbers: { clip_norm: 0.1 } },
  { ...layers[1], hidden: [9, 6], trials: 2 },
  { ...rates[0], batch_size: 18 },
  { ...rates[1], batch_size: 17 },
  { ...rates[2], batch_size: 17 },
];

/** One layer has too many tiles to be cut, the others are. */
const uncut: Case[] = [
  { ...base, columns: 50, hidden: [57, 3], rows: 40, batch_size: 19, trials: 2 },
  {
    ...base,
    hidden: [57, 50],
    rows: 40,
    batch_size: 19,
    momentum: 0.9,
    learning_rate: 1e-3,
    numbers: { clip_norm: 0.5 },
  },
];

compareNumbers([
  { ...layered('tiled', shapes, { core: 'tiled' }), elsewhere: [tileEdges] },
  // Slow to compile for a software adapter: few results, and sizes just above and below a tile's.
  { ...layered('tiled wide', [shapes[3], shapes[6], shapes[7]], { core: 'tiled_wide' }), elsewhere: [tileEdges] },
  { ...layered('tiled, 16 x 16', [shapes[6]], { core: 'tiled', threads: 16 }), dawnOnly: true },
  { ...layered('tiled wide, 16 x 16', [wide], { core: 'tiled_wide', threads: 16 }), dawnOnly: true },
  { ...layered('slices', slices, { core: 'direct', slice_rows: 4 }), elsewhere: slices.slice(2, 4) },
  { ...layered('slices, 4 threads', uncut, { core: 'direct', threads: 2, slice_rows: 4 }), dawnOnly: true },
  { ...layered('tiled, slices', slices.slice(2, 5), { core: 'tiled', slice_rows: 3 }), dawnOnly: true },
]);
