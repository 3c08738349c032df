/** What bounds the resident plan, where its units are in workgroup memory and where they are in storage. */
import { describe, expect, it } from 'vitest';
import { residentFits } from '../../../../../src/engine/gpu/resident/fit.ts';
import { leftToLayered } from '../../../../../src/engine/gpu/software/resident-kernel.ts';
import { makePopulation } from '../../../../parity/support/cases.ts';

const limits = { maxComputeWorkgroupStorageSize: 16384, maxStorageBufferBindingSize: 2 ** 20, maxBufferSize: 2 ** 21 };

function settings(hidden: number[], batch_size: number, trials = 1) {
  return makePopulation({
    columns: 1,
    hidden,
    outputs: 1,
    rows: 1,
    batch_size,
    activation: 'tanh',
    loss: 'mse',
    optimizer: 'sgd',
    trials,
  });
}

describe('the resident plan', () => {
  it('needs room for a batch in workgroup memory, where its units are there', () => {
    expect(residentFits(limits, settings([150, 150], 8), 'workgroup')).toBeUndefined();
    expect(residentFits(limits, settings([150, 150], 8, 500), 'workgroup')).toBeUndefined();
    expect(residentFits(limits, settings([150, 150], 16), 'workgroup')?.why.text).toMatch(
      /^a batch's activations take 19\d{3} bytes, more than the 16384 bytes of workgroup memory that this device gives$/,
    );
  });

  it('needs room for all trials in one buffer, where its units are in storage', () => {
    expect(residentFits(limits, settings([150, 150], 16), 'storage')).toBeUndefined();
    expect(residentFits(limits, settings([150, 150], 16, 27), 'storage')).toBeUndefined();
    expect(residentFits(limits, settings([150, 150], 16, 28), 'storage')?.why.text).toMatch(
      /^all trials' activations take 10\d{5} bytes, more than the 1048576 bytes of a storage buffer /,
    );
  });

  it("needs room for a batch's rows in workgroup memory, wherever its units are", () => {
    expect(residentFits(limits, settings([1], 3000), 'storage')).toBeUndefined();
    expect(residentFits(limits, settings([1], 3300), 'storage')?.why.text).toMatch(
      /^a batch's rows take 16\d{3} bytes, .* workgroup/,
    );
  });

  it('is left alone where one core would take long over a step', () => {
    expect(leftToLayered(settings([150, 150], 8))).toBeUndefined();
    expect(leftToLayered(settings([256, 256], 256))?.text).toBe('a step would take one core long');
    expect(leftToLayered(settings([8, 8], 512))).toBeUndefined();
    expect(leftToLayered(settings([8, 8], 513))?.text).toBe('a batch has more than 512 rows');
  });
});
