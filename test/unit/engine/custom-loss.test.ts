/** Losses of the caller's own: their gradients, and the CPU's kernels, which call them between forward and backward. */
import { afterAll, describe, expect, it } from 'vitest';
import { createCustomLoss } from '../../../src/engine/cpu/custom-loss.ts';
import { requestCpuEngine } from '../../../src/engine/cpu/engine.ts';
import type { CustomLoss } from '../../../src/engine/engine.ts';
import { parameterCount, withActivations } from '../../../src/engine/parameters.ts';
import { backwardPass } from '../../../src/engine/reference/backward.ts';
import { createReferenceEngine } from '../../../src/engine/reference/engine.ts';
import { losses, meanLoss } from '../../../src/engine/reference/losses.ts';
import { createWorkspace, forwardPass } from '../../../src/engine/reference/network.ts';
import { normalAt } from '../../../src/util/random.ts';
import { type Case, makeData, makePopulation, uneven } from '../../parity/support/cases.ts';

/** log cosh(y - t), a mean over the outputs. */
const logCosh = createCustomLoss('log_cosh', (outputs, targets, at, width, slopes) => {
  let sum = 0;
  for (let o = 0; o < width; o++) {
    const error = outputs[at + o] - targets[at + o];
    sum += Math.abs(error) + Math.log1p(Math.exp(-2 * Math.abs(error))) - Math.LN2;
    slopes[o] = Math.tanh(error) / width;
  }
  return sum / width;
});

/** Takes a row's outputs together: (sum of errors)^2. */
const together = createCustomLoss('together', (outputs, targets, at, width, slopes) => {
  let sum = 0;
  for (let o = 0; o < width; o++) sum += outputs[at + o] - targets[at + o];
  slopes.fill(2 * sum);
  return sum ** 2;
});

/** What is named, said by a function. */
const meanSquare = createCustomLoss('mean_square', (outputs, targets, at, width, slopes) => {
  const sum = losses.mse.row(outputs, targets, at, width, slopes);
  for (let o = 0; o < width; o++) slopes[o] /= width;
  return sum / width;
});

const cpu = await requestCpuEngine('asked for');
const reference = createReferenceEngine('reference', 'asked for');
afterAll(() => cpu.destroy());

describe('gradients', () => {
  it.each([logCosh, together])('match central differences: $name', (custom_loss) => {
    const shape: Case = { ...uneven, columns: 3, hidden: [4, 5], outputs: 2, rows: 6, activation: 'gelu' };
    const { initial_parameters, trials, ...made } = makePopulation({ ...shape, output_activation: 'tanh' });
    const layers = withActivations(made.layers, trials[0].activations);
    const parameters = Float64Array.from(initial_parameters);
    const work = createWorkspace(layers, shape.rows, Float64Array);
    work.input.set(Float64Array.from(work.input, (_, i) => normalAt(5, i)));
    const targets = Float64Array.from({ length: 12 }, (_, i) => normalAt(6, i));
    const weights = Float64Array.of(1, 0.5, 2, 0, 1, 3);
    const goal = { loss: 'mse' as const, custom_loss, targets, weights };
    const gradients = new Float64Array(parameters.length);
    forwardPass(layers, parameters, work);
    backwardPass(layers, parameters, work, goal, gradients);
    const lossAt = (index: number, value: number) => {
      const moved = parameters.with(index, value);
      return meanLoss(goal, forwardPass(layers, moved, work), shape.rows, 2);
    };
    const width = 1e-6;
    const worst = parameters.reduce((most, value, i) => {
      const numeric = (lossAt(i, value + width) - lossAt(i, value - width)) / (2 * width);
      return Math.max(most, Math.abs(numeric - gradients[i]));
    }, 0);
    const largest = Math.max(...gradients.map(Math.abs));
    expect(largest).toBeGreaterThan(1e-2);
    expect(worst / largest).toBeLessThan(1e-6);
  });
});

async function trained(engine: typeof cpu, problem: Case, custom_loss: CustomLoss | undefined, steps = 12) {
  const population = await engine.createPopulation(makeData(problem), { ...makePopulation(problem), custom_loss });
  const { losses } = await population.train(steps);
  const parameters = await Promise.all(Array.from({ length: population.trials }, (_, t) => population.parameters(t)));
  const evaluated = await population.evaluate('validation');
  population.destroy();
  return { losses, parameters: Float32Array.from(parameters.flatMap((own) => [...own])), evaluated };
}

function expectAlike(own: Awaited<ReturnType<typeof trained>>, other: Awaited<ReturnType<typeof trained>>) {
  const apart = (a: Float32Array, b: Float32Array) =>
    a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0) / Math.max(1e-6, ...b.map(Math.abs));
  expect(apart(own.losses, other.losses)).toBeLessThan(1e-5);
  expect(apart(own.parameters, other.parameters)).toBeLessThan(1e-5);
  expect(own.evaluated.map(({ loss }) => loss)).toEqual(other.evaluated.map(({ loss }) => expect.closeTo(loss, 5)));
}

// Panels of 1, 4 and 8 rows, full and not, of 1 and more outputs.
const problems: Case[] = [1, 3, 4, 7, 8, 21].flatMap((batch_size) =>
  [1, 3].map((outputs) => ({
    ...uneven,
    batch_size,
    outputs,
    optimizer: 'sgd' as const,
    weighted: outputs === 3,
    trials: 2,
  })),
);

describe('the kernels', () => {
  it.each(problems)('train as the reference does: batches of $batch_size, $outputs outputs', async (problem) => {
    expect(parameterCount(makePopulation(problem).layers)).toBeGreaterThan(100);
    for (const loss of [logCosh, together]) {
      expectAlike(await trained(cpu, problem, loss), await trained(reference, problem, loss));
    }
    // Not because nothing was trained.
    expect((await trained(cpu, problem, together)).losses).not.toEqual((await trained(cpu, problem, logCosh)).losses);
  });

  it('of the named loss and of the same as a function come to the same', async () => {
    for (const problem of problems) {
      expectAlike(await trained(cpu, problem, meanSquare), await trained(cpu, problem, undefined));
    }
  });
});
