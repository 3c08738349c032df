/** Many runs of mixed shapes on one GPU device, and on devices that are lost: nothing stays behind. */
import { expect, it, onTestFinished } from 'vitest';
import type { Engine } from '../../../src/engine/engine.ts';
import { RunError } from '../../../src/util/errors.ts';
import { times } from '../../support/faults.ts';
import { expectNothingGrown, grownBy, mixedRun, trainOnce } from '../../support/soak.ts';
import { openGpuEngine } from '../support/engines.ts';
import { fixed, plans } from './behaviour.ts';

/** A kernel of the resident plan is compiled for each. */
const shapes = times(2, 24);

/** Counts buffers that are made and destroyed, and knows the device that made the last. */
function counting() {
  const counts = { made: 0, destroyed: 0, device: undefined as GPUDevice | undefined };
  const gone = new WeakSet<GPUBuffer>();
  const { createBuffer } = GPUDevice.prototype;
  const { destroy } = GPUBuffer.prototype;
  GPUDevice.prototype.createBuffer = function (this: GPUDevice, ...args) {
    counts.made += 1;
    counts.device = this;
    return createBuffer.apply(this, args);
  };
  GPUBuffer.prototype.destroy = function (this: GPUBuffer) {
    if (!gone.has(this)) counts.destroyed += 1;
    gone.add(this);
    return destroy.apply(this);
  };
  onTestFinished(() => {
    Object.assign(GPUDevice.prototype, { createBuffer });
    Object.assign(GPUBuffer.prototype, { destroy });
  });
  return counts;
}

/** By turns on either plan. */
function planned(engine: Engine, run: number): Engine {
  const plan = plans[run % 2];
  return { ...engine, createPopulation: (data, settings) => engine.createPopulation(data, { ...settings, plan }) };
}

it('runs on one device grow nothing', { timeout: 600_000 }, async () => {
  const counts = counting();
  const engine = await openGpuEngine(fixed);
  const grown = await grownBy(times(4, 1000), (run) => trainOnce(planned(engine, run), run % shapes), shapes);
  expect(counts.made).toBeGreaterThan(20);
  expect(counts.destroyed).toBe(counts.made);
  expect(engine.bytes).toBe(0);
  engine.destroy();
  if (process.env.FAULTS) console.info(grown, counts.made);
  expectNothingGrown(grown);
});

it('devices that are lost in a run grow nothing', { timeout: 600_000 }, async () => {
  const counts = counting();
  let told = 0;
  const loses = times(2, 60);
  const { heap, arrays } = await grownBy(loses, async (number) => {
    const engine = await openGpuEngine(fixed);
    await using run = mixedRun(planned(engine, number), number % 2);
    await run.epoch();
    counts.device?.destroy();
    // vitest would keep what it is to expect of a promise until the test is over.
    await run.epoch().catch((error) => {
      told += Number(error instanceof RunError);
    });
    engine.destroy();
  });
  expect(told).toBe(loses);
  expect(counts.destroyed).toBe(counts.made);
  if (process.env.FAULTS) console.info({ heap, arrays }, counts.made);
  // Resident memory says nothing here: each device has threads, and glibc an arena for each of them.
  expect(heap).toBeLessThan(10);
  expect(arrays).toBeLessThan(2);
});
