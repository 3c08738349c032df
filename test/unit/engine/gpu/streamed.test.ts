import { expect, it } from 'vitest';
import type { EngineData, PopulationSettings, StepsDone } from '../../../../src/engine/engine.ts';
import { populateStreamed, type Streamable } from '../../../../src/engine/gpu/plan/streamed.ts';
import { unhandledDuring } from '../../../support/unhandled.ts';

/** 16 rows in windows of 8; there is no memory for the second window. */
function scarceData(): EngineData {
  const train = Uint32Array.from({ length: 16 }, (_, row) => row);
  const subarray = train.subarray.bind(train);
  train.subarray = (first, end) => {
    if (first) throw new RangeError('Array buffer allocation failed');
    return subarray(first, end);
  };
  const empty = new Uint32Array(0);
  return {
    features: new Float32Array(16),
    targets: new Float32Array(16),
    rows: 16,
    columns: 1,
    outputs: 1,
    sets: { train, validation: empty, test: empty },
  };
}

const settings = { trials: [{ seed: 1, shuffle: false, batch_size: 4 }] } as unknown as PopulationSettings;

it.each([
  ['is waited for', () => ({ steps: 2, losses: new Float32Array(2) }), 'allocation failed'],
  [
    'says so where it fails too',
    () => {
      throw new Error('the device was lost');
    },
    'the device was lost',
  ],
])('training, when the rows after its own find no memory, %s', async (_, end: () => StepsDone, message) => {
  let trains = false;
  const population = {
    trials: 1,
    stepsPerEpoch: 4,
    load: () => {},
    async train() {
      trains = true;
      await new Promise(setImmediate);
      trains = false;
      return end();
    },
  } as unknown as Streamable;
  const streamed = await populateStreamed(8, scarceData(), settings, async () => population);
  const unhandled = await unhandledDuring(async () => {
    await expect(streamed.train(4)).rejects.toThrow(message);
    expect(trains).toBe(false);
  });
  expect(unhandled).toEqual([]);
});
