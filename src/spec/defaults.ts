/**
 * Settings that follow from the table, where the caller leaves them out: hidden layers, batch size, epochs. What was decided
 * stands in the run's settings as plain numbers. Decision 16 has the figures behind the rules.
 */

/** What the rules go by. */
export interface TableSize {
  /** Training rows. */
  rows: number;
  /** Outputs of the network: one for each of more than two classes. */
  outputs: number;
}

/** Of a table of which nothing is known yet. */
export const smallTable: TableSize = { rows: 0, outputs: 1 };

/** Hidden layers of the smallest network, and of a table that has as many training rows and outputs. */
const smallest = [64, 64];
const networks: { rows: number; outputs: number; hidden: number[] }[] = [
  { rows: 10_000, outputs: 10, hidden: [256, 256, 256] },
  { rows: 3_000, outputs: 1, hidden: [128, 128] },
];
export const hiddenRule = '64,64; 128,128 from 3,000 training rows; 256,256,256 from 10,000 and 10 classes';

const batchesPerEpoch = 50;
const batchSizes = { least: 16, most: 256 };
export const batchRule = 'a fiftieth of the training rows, as a power of two from 16 to 256';

/** Training rows gone through, over all epochs. */
const rowsInAll = 10_000_000;
const epochs = { least: 10, most: 200 };
export const epochsRule = '200; with more than 50,000 training rows 10,000,000 / rows, and at least 10';

/** The part of a trial that the rules decide, or go by. */
interface Decided {
  model?: { hidden?: number[]; activation?: unknown; dropout?: unknown };
  training?: { batch_size?: number; epochs?: number };
}

/** The trial with what the rules decide, where it does not say so itself. */
export function withDefaultsFor<Trial extends Decided>(table: TableSize, trial: Trial): Trial {
  const { model, training } = trial;
  return {
    ...trial,
    model: { hidden: hiddenFor(table, layersOf(model)), ...model },
    training: { batch_size: batchFor(table.rows), epochs: epochsFor(table.rows), ...training },
  };
}

export function batchFor(rows: number): number {
  const power = 2 ** Math.round(Math.log2(rows / batchesPerEpoch));
  return Math.min(batchSizes.most, Math.max(batchSizes.least, power));
}

function epochsFor(rows: number): number {
  return Math.min(epochs.most, Math.max(epochs.least, Math.round(rowsInAll / rows)));
}

function hiddenFor({ rows, outputs }: TableSize, layers: number | undefined): number[] {
  const large = networks.find((least) => rows >= least.rows && outputs >= least.outputs);
  const hidden = [...(large?.hidden ?? smallest)];
  return layers === undefined ? hidden : Array.from({ length: layers }, () => hidden[0]);
}

/** The number of hidden layers, where another setting is given for each of them. */
function layersOf({ activation, dropout }: NonNullable<Decided['model']> = {}): number | undefined {
  return [activation, dropout].find(Array.isArray)?.length;
}
