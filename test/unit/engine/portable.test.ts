/** Checkpoints in the portable form between the CPU and the reference; `test/parity/behaviour/checkpoint.test.ts` has those of a GPU. */
import { afterAll, describe, expect, it } from 'vitest';
import { requestCpuEngine } from '../../../src/engine/cpu/engine.ts';
import { portableCheckpoint } from '../../../src/engine/portable.ts';
import { createReferenceEngine } from '../../../src/engine/reference/engine.ts';
import { makeData, makePopulation, uneven } from '../../parity/support/cases.ts';
import { difference } from '../../parity/support/engines.ts';
import { tolerances } from '../../parity/support/tolerances.ts';

const reference = createReferenceEngine('reference', 'asked for');
const cpu = await requestCpuEngine('test', { threads: 1 });
afterAll(() => cpu.destroy());

const data = makeData(uneven);

describe.each([
  ['cpu', cpu, reference],
  ['reference', reference, cpu],
] as const)('a portable checkpoint of %s', (_, one, other) => {
  it.each(['sgd', 'rmsprop', 'adam'] as const)('of %s is gone on from on the other', async (optimizer) => {
    const settings = makePopulation({ ...uneven, optimizer, momentum: 0.9, trials: 2 });
    const [from, to] = [await one.createPopulation(data, settings), await other.createPopulation(data, settings)];
    await from.train(17);
    from.stop(1);
    const checkpoint = await from.checkpoint();
    await expect(to.resume(checkpoint)).rejects.toThrow('The checkpoint is of plan');
    await to.resume(portableCheckpoint(checkpoint, from.parameterCount));
    expect(await to.parameters(1)).toEqual(await from.parameters(1));
    const [straight, resumed] = [await from.train(20), await to.train(20)];
    expect(difference(resumed.losses, straight.losses)).toBeLessThanOrEqual(tolerances['loss, first epoch']);
  });
});

describe('a portable checkpoint', () => {
  it('goes on with the same bits on the engine and plan that it is of', async () => {
    const settings = makePopulation({ ...uneven, momentum: 0.9 });
    const [from, to] = [await cpu.createPopulation(data, settings), await cpu.createPopulation(data, settings)];
    await from.train(17);
    await to.resume(portableCheckpoint(await from.checkpoint(), from.parameterCount));
    expect(await to.train(20)).toEqual(await from.train(20));
  });

  it('is refused of parts, of other parameters, and of lists that are missing', async () => {
    const population = await reference.createPopulation(data, makePopulation(uneven));
    const { parameterCount } = population;
    const checkpoint = await population.checkpoint();
    expect(() => portableCheckpoint({ ...checkpoint, parts: [checkpoint] }, parameterCount)).toThrow('plan plain');
    expect(() => portableCheckpoint(checkpoint, parameterCount + 1)).toThrow('plan plain');
    const { 'kept 0': _, ...arrays } = checkpoint.arrays;
    expect(() => portableCheckpoint({ ...checkpoint, arrays }, parameterCount)).toThrow('plan plain');
    const portable = portableCheckpoint(checkpoint, parameterCount);
    const { 'slot 0 0': __, ...others } = portable.arrays;
    const to = await reference.createPopulation(data, makePopulation(uneven));
    await expect(to.resume({ ...portable, arrays: others })).rejects.toThrow('of plan portable');
  });
});
