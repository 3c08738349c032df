/** The vectorised functions behind the CPU's kernels, against float64: how many units in the last place they are off. */
import { describe, expect, it } from 'vitest';
import { createMemory, instantiate, loadKernels } from '../../../../src/engine/cpu/module.ts';
import { activations } from '../../../../src/engine/reference/activations.ts';
import { activationNames } from '../../../../src/spec/activations.ts';
import { inEnglish } from '../../../../src/util/message.ts';

const module = await loadKernels(true);
if ('missing' in module) throw new Error(inEnglish(module.missing));
const memory = createMemory(1 << 20, module.shared);
const kernels = instantiate(module, memory);

/** Values and slopes of one of the kernels' functions. */
function apply(which: number, arguments_: Float32Array): { values: Float32Array; slopes: Float32Array } {
  const [at, slopesAt] = [1024, 512 * 1024];
  const values = new Float32Array(memory.buffer, at, arguments_.length);
  const slopes = new Float32Array(memory.buffer, slopesAt, arguments_.length);
  values.set(arguments_);
  kernels.apply(which, at, slopesAt, arguments_.byteLength);
  return { values: values.slice(), slopes: slopes.slice() };
}

/** The distance from a float32 to the next. */
function ulp(value: number): number {
  const size = Math.max(Math.abs(Math.fround(value)), 2 ** -126);
  return 2 ** (Math.floor(Math.log2(size)) - 23);
}

/** `count` numbers from `low` to `high`. */
function range(low: number, high: number, count = 40_000): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
}

function worst(found: Float32Array, expected: (x: number) => number, at: Float32Array, unit = ulp): number {
  return at.reduce((most, x, i) => Math.max(most, Math.abs(found[i] - expected(x)) / unit(expected(x))), 0);
}

const near = range(-1e-3, 1e-3);
const wide = range(-60, 60);

describe('functions of the kernels', () => {
  it.each([
    ['exp', 0, Math.exp, range(-87, 88), 2],
    ['log1p', 1, Math.log1p, range(0, 1), 2],
    ['log1p near 0', 1, Math.log1p, range(1e-12, 1e-3), 2],
    ['log', 2, Math.log, range(1, 5), 3],
    ['log of sums', 2, Math.log, range(5, 1e6), 2],
  ] as const)('%s is off by few units in the last place', (_, which, expected, at, most) => {
    expect(worst(apply(which, at).values, expected, at)).toBeLessThanOrEqual(most);
  });

  /** Near 0 in units of the result; elsewhere, where results may cross 0, in units of 1. */
  const ofOne = (value: number) => ulp(Math.max(1, Math.abs(value)));
  it.each([
    ['sigmoid', wide, 4],
    ['tanh', near, 2],
    ['tanh', wide, 2],
    ['elu', near, 4],
    ['elu', wide, 2],
    ['silu', near, 4],
    ['softplus', wide, 3],
    ['mish', near, 3],
    ['mish', wide, 3],
    ['relu', wide, 0],
    ['leaky_relu', wide, 1],
    ['step', wide, 0],
    ['identity', wide, 0],
  ] as const)('%s', (name, at, most) => {
    const { values } = apply(3 + activationNames.indexOf(name), at);
    expect(worst(values, activations[name].value, at, at === near ? ulp : ofOne)).toBeLessThanOrEqual(most);
  });

  it('gelu is off by its formula for erf, 1.5e-7, and by rounding', () => {
    const { values } = apply(3 + activationNames.indexOf('gelu'), wide);
    const apart = wide.map((x, i) => Math.abs(values[i] - activations.gelu.value(x)) / Math.max(1, Math.abs(x)));
    expect(Math.max(...apart)).toBeLessThan(3e-7);
  });

  it.each(activationNames)('the slope of %s is off by no more', (name) => {
    const at = range(-9, 9);
    const { slopes } = apply(3 + activationNames.indexOf(name), at);
    const expected = (z: number) => activations[name].slope(z, activations[name].value(z));
    expect(worst(slopes, expected, at, ofOne)).toBeLessThanOrEqual(name === 'gelu' ? 6 : 4);
  });

  it('keeps infinities in range, and what is not a number as it is', () => {
    const odd = Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0);
    for (const name of activationNames) {
      if (name === 'step') continue;
      const { values } = apply(3 + activationNames.indexOf(name), odd);
      expect(values[0], name).toBeNaN();
    }
    expect([...apply(3 + activationNames.indexOf('sigmoid'), odd).values.slice(1, 3)]).toEqual([
      expect.closeTo(1, 7),
      expect.closeTo(0, 7),
    ]);
    expect([...apply(3 + activationNames.indexOf('tanh'), odd).values.slice(1, 3)]).toEqual([1, -1]);
  });
});
