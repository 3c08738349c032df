/**
 * A few numbers that a device has to get right before anything is trained on it: drivers and shader compilers have been seen
 * to get integers, exp and tanh, and barriers wrong. One small dispatch of what training is made of
 * (`shaders/kernels/self_test.wgsl`), against the same numbers worked out here.
 */
import selfTest from '../../../../shaders/kernels/self_test.wgsl?wesl';
import { gpu } from '../../../messages/en/engines/gpu.ts';
import { InputError, RunError, saidBy } from '../../../util/errors.ts';
import { type Message, message, type Said } from '../../../util/message.ts';
import { hashAt, shuffled } from '../../../util/random.ts';
import type { Adapter } from './adapter.ts';
import type { Kernel, PipelineCache } from './pipelines.ts';
import { runOnce } from './run-once.ts';

export const selfTestKernel: Kernel = { entry: selfTest, conditions: [], constants: {} };

const threads = 64;
const seed = 10;
/** Large ones leave the range of exp. */
const scales = [1, 100];
/** WGSL allows exp(z) an error of 3 + 2|z| units in the last place; what is miscompiled is off by far more. */
const tolerance = 1e-3;

/** Adapters that have passed: only as long as this process or page is there, since a driver may be another one tomorrow. */
const passed = new Set<string>();

/**
 * Once for an adapter.
 * @param findProblem what `findWrongNumber` finds, on a device of this adapter
 * @throws InputError self_test_failed, when it finds one
 */
export async function requireSelfTest(adapter: Adapter, findProblem: () => Promise<Said | undefined>): Promise<void> {
  const key = JSON.stringify(adapter.identity);
  if (passed.has(key)) return;
  const why = await findProblem().catch((error: unknown) => {
    // A kernel that does not compile, a device that is lost meanwhile.
    if (error instanceof RunError) return saidBy(error);
    throw error;
  });
  if (why) throw new InputError(message(gpu, 'self_test_failed', { adapter: adapter.name, why }), 'engine');
  passed.add(key);
}

/** The first number that the device gets wrong, if there is one. */
export async function findWrongNumber(device: GPUDevice, pipelines: PipelineCache): Promise<Message | undefined> {
  const given = new Uint32Array(4 * threads);
  const scaled = new Float32Array(given.buffer);
  for (let thread = 0; thread < threads; thread++) {
    given[4 * thread] = seed;
    scaled[4 * thread + 1] = scales[thread % scales.length];
  }
  const found = await runOnce(device, pipelines, selfTestKernel, given);
  return compare(new Uint32Array(found), new Float32Array(found));
}

function compare(integers: Uint32Array, floats: Float32Array): Message | undefined {
  for (let thread = 0; thread < threads; thread++) {
    const at = 4 * thread;
    const [activation, parameter] = expectedFloats(thread);
    const pairs = [
      ['hash', integers[at], hashAt(seed, 1, thread), 0],
      ['row', integers[at + 1], shuffled(thread % 50, 50, seed), 0],
      ['activation', floats[at + 2], activation, tolerance],
      ['parameter', floats[at + 3], parameter, tolerance],
    ] as const;
    for (const [name, found, expected, apart] of pairs) {
      // A NaN must not pass.
      if (!(Math.abs(found - expected) <= apart)) return message(gpu, 'self_test_number', { name, found, expected });
    }
  }
  return undefined;
}

/** What a thread has to find: an activation, and a parameter after one step of Adam. */
function expectedFloats(thread: number): [activation: number, parameter: number] {
  const [m, n] = [Math.floor(thread / 8), thread % 8];
  const value = (tile: number, at: number) => (hashAt(seed, tile, at) >>> 8) / 2 ** 23 - 1;
  let product = 0;
  for (let tile = 0; tile < 2; tile++) {
    for (let k = 0; k < 8; k++) product += value(tile, 8 * m + k) * value(tile, 8 * n + k);
  }
  const z = scales[thread % scales.length] * product;
  const a = m < 4 ? 1 / (1 + Math.exp(-z)) : Math.tanh(z);
  return [a, 0.5 - (0.1 * a) / (Math.abs(a) + 1e-3)];
}
