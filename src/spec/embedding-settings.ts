/** What numbers become before the first hidden layer: see `settings.ts`. */
import * as z from 'zod/mini';
import { count, positive, setting } from './declare.ts';

export type { EmbeddingSettings } from './types/model.ts';

export const embeddingSettings = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('periodic'),
    frequencies: setting(count(1, 256), 8, {
      label: 'Frequencies',
      help: 'Cosines of each number, cos(2 pi frequency x + phase), whose frequencies and phases are trained',
      explore: [1, 32],
    }),
    scale: setting(positive(100), 0.1, {
      label: 'Frequency scale',
      help: 'Standard deviation of the frequencies at the start: larger ones begin with finer detail',
      scale: 'log',
      explore: [0.01, 1],
    }),
    learning_rate_factor: setting(positive(1000), 1, {
      label: 'Embedding rate factor',
      help: 'What multiplies the learning rate of frequencies and phases',
      scale: 'log',
      explore: [0.01, 10],
    }),
  }),
]);
