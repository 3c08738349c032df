/**
 * What the members of a fit may be: a pack of networks with the same shape, whose other settings are drawn at random, from
 * counters alone (`util/random.ts`), so that a seed says them all. Two are not drawn: the linear model, which everything is
 * compared with, and the first network, which is of two layers with usual settings.
 *
 *   of a pack     numbers in pieces (2 of 5) or as one value each (3 of 5); 1 to 3 hidden layers of 64 to 256 units, by the
 *                 rows (`plan.ts`); silu, relu or gelu; batches as in `train` or twice that
 *   of a network  dropout 0, or up to 0.5; learning rate 5e-4 to 1e-2, weight decay 1e-3 to 1 (AdamW), both on a log scale;
 *                 constant or cosine schedule; seed
 */
import { batchFor } from '../spec/defaults.ts';
import type { FitPlan } from '../spec/fit-settings.ts';
import type { TrialInput } from '../spec/settings.ts';
import { hashAt, streams, uniformAt } from '../util/random.ts';
import type { InputChoice } from './inputs.ts';
import { widthsFor } from './plan.ts';

export interface PackSettings {
  inputs: InputChoice;
  trials: TrialInput[];
}

/** Counters of a pack: 8 of its own and 8 of each network. */
const drawsPerPack = 8 + 8 * 1024;
/** Of the packs, those that see numbers in pieces. */
const inPieces = 0.4;
/** Epochs without a lower validation loss before a network stops. */
const patience = 20;

/** @param pack 0 is the linear model, 1 begins with the usual network, the next are drawn */
export function packSettings(
  pack: number,
  { plan, seed, rows }: { plan: FitPlan; seed: number; rows: number },
): PackSettings {
  const batch = batchFor(rows);
  if (pack === 0) return linearPack(plan, seed, batch);
  const draw = (index: number) => uniformAt(seed, drawsPerPack * pack + index, streams.fit);
  const pick = <Value>(values: readonly Value[], index: number) => values[Math.floor(draw(index) * values.length)];
  const first = pack === 1;
  const widths = widthsFor(rows).filter((width) => width <= plan.max_width);
  const depth = first ? 2 : pick([1, 2, 2, 3, 3], 0);
  const width = first ? Math.min(128, plan.max_width) : pick(widths.length > 0 ? widths : [plan.max_width], 1);
  const activation = first ? 'silu' : pick(['silu', 'silu', 'relu', 'gelu'] as const, 2);
  const batch_size = first ? batch : pick([batch, batch, 2 * batch], 3);
  const inputs: InputChoice = first || draw(4) < inPieces ? 'all' : 'values';
  const trials = Array.from({ length: plan.trials }, (_, trial): TrialInput => {
    const own = (index: number) => draw(8 + 8 * trial + index);
    const plain = first && trial === 0;
    return {
      model: { hidden: Array(depth).fill(width), activation, dropout: plain ? 0.15 : own(0) < 1 / 3 ? 0 : own(1) / 2 },
      training: {
        optimizer: {
          kind: 'adamw',
          learning_rate: plain ? 0.001 : logUniform(5e-4, 1e-2, own(2)),
          weight_decay: plain ? 0.01 : logUniform(1e-3, 1, own(3)),
        },
        schedule: { kind: plain || own(4) < 0.5 ? 'constant' : 'cosine' },
        batch_size,
        epochs: plan.epochs,
        early_stopping: { patience },
        seed: hashAt(seed, streams.fit, drawsPerPack * pack + 8 + 8 * trial + 7),
      },
    };
  });
  return { inputs, trials };
}

/** Without hidden layers, on the values of the columns: several weight decays, of which the best counts. */
function linearPack(plan: FitPlan, seed: number, batch: number): PackSettings {
  const trials = [0, 0.03, 0.3].map(
    (weight_decay): TrialInput => ({
      model: { hidden: [], activation: 'identity', initializer: 'zeros' },
      training: {
        optimizer: { kind: 'adamw', learning_rate: 0.01, weight_decay },
        batch_size: batch,
        epochs: plan.epochs,
        early_stopping: { patience },
        seed,
      },
    }),
  );
  return { inputs: 'values', trials };
}

function logUniform(low: number, high: number, share: number): number {
  return Number((low * (high / low) ** share).toPrecision(3));
}
