/** The measurements that choose how products run: what they choose is the device's business, that they run is ours. */
import { expect, it } from 'vitest';
import { openAdapter } from '../../../src/engine/gpu/device/adapter.ts';
import { createPipelineCache } from '../../../src/engine/gpu/device/pipelines.ts';
import { hasLanes } from '../../../src/engine/gpu/software/quad-swap.ts';
import { fastestConfigs } from '../../../src/engine/gpu/tuning/matmul.ts';
import { inEnglish } from '../../../src/util/message.ts';

it.each([0, Number.POSITIVE_INFINITY])('every measurement runs without an error, slow above %d ms', async (slow) => {
  const adapter = await openAdapter(globalThis.parityGpu);
  if ('missing' in adapter) throw new Error(inEnglish(adapter.missing));
  const device = await adapter.gpu.requestDevice();
  device.pushErrorScope('validation');
  const { few, many, large, sliceRows } = await fastestConfigs(device, createPipelineCache(device), null, slow);
  expect((await device.popErrorScope())?.message).toBeUndefined();
  const family = few.core.replace('_wide', '');
  expect([many, large].map(({ core }) => core.replace('_wide', ''))).toEqual([family, family]);
  if (slow === 0) expect([large, sliceRows]).toEqual([many, undefined]);
  else expect([undefined, 128]).toContain(sliceRows);
  device.destroy();
});

it('where workgroups are emulated, only what takes no barriers is tried, with few threads', async () => {
  const adapter = await openAdapter(globalThis.parityGpu);
  if ('missing' in adapter) throw new Error(inEnglish(adapter.missing));
  const device = await adapter.gpu.requestDevice();
  device.pushErrorScope('validation');
  const ways = await fastestConfigs(device, createPipelineCache(device), { lanes: false });
  expect((await device.popErrorScope())?.message).toBeUndefined();
  for (const { core, threads } of [ways.few, ways.many, ways.large])
    expect([core.slice(0, 6), threads]).toEqual(['direct', 2]);
  // Without lanes.
  expect(ways.many.core).not.toBe('direct_lanes');
  expect(ways.sliceRows).toBeUndefined();
  device.destroy();
});

it('four threads are lanes in order where a device has subgroups, and are not asked where it has none', async () => {
  for (const wanted of [true, false]) {
    const adapter = await openAdapter(globalThis.parityGpu);
    if ('missing' in adapter) throw new Error(inEnglish(adapter.missing));
    const has = wanted && adapter.gpu.features.has('subgroups');
    const device = await adapter.gpu.requestDevice({ requiredFeatures: has ? ['subgroups'] : [] });
    device.pushErrorScope('validation');
    expect(await hasLanes(device, createPipelineCache(device))).toBe(has);
    expect((await device.popErrorScope())?.message).toBeUndefined();
    device.destroy();
  }
});
