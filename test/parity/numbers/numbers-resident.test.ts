/** The resident plan and the CPU engine: what trains populations whose trials differ in kind. */
import { describe, expect, it } from 'vitest';
import { activationNames } from '../../../src/spec/activations.ts';
import { lossTable } from '../../../src/spec/losses.ts';
import { optimizerNames } from '../../../src/spec/optimizer-settings.ts';
import { type Case, makeData, makePopulation } from '../support/cases.ts';
import { covering } from '../support/covering.ts';
import { difference, reference } from '../support/engines.ts';
import { cpu, hasLanes, hasRelaxed, resident } from '../support/variants.ts';
import { compareNumbers, compareRowOrder, populate } from './numbers.ts';
import { base, functions, layers, losses, rates, shapes, smoothed, twoClasses, updates } from './numbers-cases.ts';

/** A batch of 72 rows of these layers takes more workgroup memory than any adapter must have. */
const small = shapes.filter(({ batch_size, hidden }) => batch_size * Math.max(...hidden, 1) < 4000);
const computed = [...functions, ...losses, ...twoClasses, ...smoothed];
/** These functions are the same in both kinds of memory, and in the layered plan, which has all cases: as few as have each. */
const fewComputed = covering(computed);
/** Many outputs of loss functions that are a sum over them: the loop is the same for all. */
const manySums = losses.filter(({ loss, outputs }) => outputs > 9 && loss !== 'mse' && !lossTable[loss].jointly);
/** An adapter that clears workgroup memory number by number takes seconds to compile much of it. */
const narrow = (cases: Case[]) => cases.filter(({ hidden }) => Math.max(...hidden, 1) < 100);

/** Cases around the kernels' blocks of 8 units and panels of 1, 4 and 8 rows. */
const edges: Case[] = [1, 2, 4, 5, 8, 9, 17].flatMap((batch_size) => [
  { ...base, columns: 7, hidden: [8, 9], outputs: 2, batch_size, optimizer: 'adam' },
  { ...base, columns: 8, hidden: [300], outputs: 9, batch_size, loss: 'softmax_cross_entropy', dropout: 0.3 },
]);

/** Swapped lanes change how rows are read and added up, and no update: what has rows to drop, or to add up for a norm. */
const rowwise = updates.filter(
  ({ dropout, hidden, numbers, optimizer }) =>
    dropout || hidden[0] === 100 || (numbers?.clip_norm && optimizer === 'rmsprop'),
);

/** Gradients of four units at a time that come in parts: of five fours of rows, of which the last has no pair. */
const manyRows: Case = { ...base, hidden: [18, 17], batch_size: 18, optimizer: 'adam' };

const inWorkgroup = computed.filter((problem) => !manySums.includes(problem));
const storage = resident('storage', [...small, manyRows, ...fewComputed, ...updates], 4);
const simd = cpu('simd', true, [...shapes, ...computed, ...updates, ...edges, ...layers, ...rates]);
const variants = [
  storage,
  ...(hasLanes ? [{ ...resident('storage', [...small, manyRows, ...rowwise], 4, true), elsewhere: [shapes[7]] }] : []),
  resident('workgroup', narrow([...small, ...inWorkgroup, ...updates]), 32),
  simd,
  ...(hasRelaxed ? [cpu('relaxed simd', false, simd.cases)] : []),
];

compareNumbers(variants);
compareRowOrder([storage, simd]);

describe('trials of different kinds in one population', () => {
  const count = activationNames.length;
  it.each(variants)('train as the reference trains them: $name', async (variant) => {
    const problem: Case = { ...base, hidden: [9, 6], rows: 50, batch_size: 1, trials: 16 };
    const data = makeData({ ...problem, weighted: true });
    const settings = makePopulation(problem);
    settings.trials = settings.trials.map((numbers, trial) => ({
      ...numbers,
      activations: [activationNames[trial % count], activationNames[(trial + 3) % count], 'identity'],
      optimizer: optimizerNames[trial % optimizerNames.length],
      batch_size: [1, 4, 8, 13, 19][trial % 5],
      learning_rate: 1e-3,
      momentum: trial % 3 === 0 ? 0.9 : 0,
      alpha: 0.99,
      betas: [0.9, 0.999],
      clip_norm: trial % 5 === 1 ? 0.2 : 0,
      weight_decay: trial % 4 === 3 ? 0.01 : 0,
      dropout: trial % 6 === 2 ? [0.2, 0.5] : [0, 0],
      seed: trial,
    }));
    const [population, referee] = [
      await populate(variant, data, settings),
      await reference.createPopulation(data, settings),
    ];
    expect(population.stepsPerEpoch).toBe(40);
    expect(
      difference(await population.predict(data.features, data.rows), await referee.predict(data.features, data.rows)),
    ).toBeLessThanOrEqual(1e-5);
    const [ours, theirs] = [(await population.train(200)).losses, (await referee.train(200)).losses];
    const at = (losses: Float32Array, trial: number) => losses.filter((_, i) => i % 16 === trial);
    for (let trial = 0; trial < 16; trial++) {
      const [mine, expected] = [at(ours, trial), at(theirs, trial)];
      expect([...mine].map((loss) => loss === 0)).toEqual([...expected].map((loss) => loss === 0));
      expect(difference(mine, expected)).toBeLessThanOrEqual(1e-3);
    }
    const [after, expected] = [await population.evaluate('validation'), await referee.evaluate('validation')];
    expect(
      difference(
        after.map(({ loss }) => loss),
        expected.map(({ loss }) => loss),
      ),
    ).toBeLessThanOrEqual(1e-3);
    population.destroy();
  });
});
