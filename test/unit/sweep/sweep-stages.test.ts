/** A sweep with successive halving whose stages train in parts: together they are the sweep of one machine, to the last bit. */
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { generate } from '../../../src/data/prepare/generate.ts';
import { prepareFolds } from '../../../src/data/prepare/prepare.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { requestEngine } from '../../../src/engine/request.ts';
import { checkSweep, listConfigurations, type SweepInput } from '../../../src/sweep/definition/definition.ts';
import { groupTrials, listTrialSpecs, type TrialSpec } from '../../../src/sweep/definition/trial-specs.ts';
import type { SweepProgress } from '../../../src/sweep/schedule/progress.ts';
import { halvingOf } from '../../../src/sweep/schedule/rungs.ts';
import { type StageOptions, trainStage } from '../../../src/sweep/stage.ts';
import { createStages, type StagePart, type StageResults, type Stages } from '../../../src/sweep/stages.ts';
import { createCheckpointer, sweepIdentity } from '../../../src/sweep/store/checkpointer.ts';
import {
  type EndedPopulation,
  type RunningPopulation,
  type SweepStore,
  storeVersion,
} from '../../../src/sweep/store/store.ts';
import { sweep } from '../../../src/sweep/sweep.ts';
import { type MemoryStore, memoryStore } from '../../support/sweeps/memory-store.ts';
import { sweepBits } from '../../support/sweeps/sweep-bits.ts';

const folds = prepareFolds(generate('curve', { rows: 40, seed: 4 }), { target: 'y' }, 2);
const input: SweepInput = {
  base: { training: { early_stopping: { patience: 2 } } },
  grid: {
    'model.hidden': [[4], [3, 3]],
    'training.batch_size': [8, 5],
    'training.epochs': [9, 5],
    'training.optimizer.learning_rate': [0.03, 1e-5],
  },
  seeds: 2,
  folds: 2,
  halving: { first: 2, factor: 2 },
};
const definition = checkSweep(input);
const specs = listTrialSpecs(definition, listConfigurations(definition, { rows: 20, outputs: 1 }));
const halving = halvingOf(definition, specs);

let engine: Engine;
let silent: Engine;
let straight: ReturnType<typeof sweepBits>;
beforeAll(async () => {
  engine = await requestEngine({ kind: 'cpu', threads: 1 });
  silent = { ...engine, createPopulation: () => Promise.reject(new Error('trains')) };
  straight = sweepBits(await sweep(engine, folds, input));
});

/** @param draw which of so many */
type Draw = (count: number) => number;

/** Trials of a shape in populations of at most so many. */
const cutInto = (most: Draw) => (remaining: readonly TrialSpec[]) =>
  groupTrials(remaining, folds).flatMap((group) => {
    const parts: TrialSpec[][] = [];
    for (let from = 0; from < group.length; from += parts[parts.length - 1].length) {
      parts.push(group.slice(from, from + 1 + most(group.length)));
    }
    return parts;
  });

async function openStages(store: MemoryStore, cut: ReturnType<typeof cutInto>) {
  const { resumed, keys } = await createCheckpointer(store, definition, {
    all: specs,
    specs,
    sets: folds,
    notices: [],
  });
  return { stages: await createStages(store, halving, { resumed, keys }, cut), keys };
}

const five: Draw = () => 4;

/** A stage. @returns whether there was one */
async function trainSome(stages: Stages, store: MemoryStore, keys: readonly string[]): Promise<boolean> {
  const parts = stages.next();
  for (const part of parts) await stages.add(part, await resultsIn(await trainPart(part, store, keys)));
  return parts.length > 0;
}

/** As another machine does, which has nothing but what the part goes on from. */
async function trainPart(
  part: StagePart,
  from: MemoryStore,
  keys: readonly string[],
  more: Partial<StageOptions> = {},
) {
  const { name } = part.population;
  const store = memoryStore();
  await store.write('about', { version: storeVersion, ...(await sweepIdentity(definition, keys)) });
  if (name !== undefined) await store.write(name, await from.read(name));
  await trainIn(store, part, more);
  return store;
}

function trainIn(store: SweepStore, part: StagePart, more: Partial<StageOptions> = {}) {
  const places = new Set(part.population.specs.map(({ place }) => place));
  return trainStage(engine, folds, input, part, { store, only: (place) => places.has(place), ...more });
}

async function resultsIn(store: MemoryStore): Promise<StageResults> {
  const ended = new Map<string, EndedPopulation>();
  const running = new Map<string, RunningPopulation>();
  for (const name of store.names()) {
    if (name.startsWith('ended')) ended.set(name, (await store.read(name)) as EndedPopulation);
    if (name.startsWith('running')) running.set(name, (await store.read(name)) as RunningPopulation);
  }
  return { ended, running };
}

describe('a sweep with successive halving in stages', () => {
  it('is that of one machine, however its trials are divided, and in whatever order the parts come', async () => {
    expect(halving.rungs).toEqual([2, 4, 8]);
    const stops = new Set(straight.trials.map(({ stopped, epochs_run }) => `${stopped} ${epochs_run}`));
    expect([...stops]).toEqual(expect.arrayContaining(['halving 2', 'halving 4', 'early_stopping 3', 'epochs 9']));
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat()), async (stream) => {
        const draw: Draw = (count) => stream.next().value % count;
        const store = memoryStore();
        const { stages, keys } = await openStages(store, cutInto(draw));
        for (let parts = stages.next(); parts.length > 0; parts = stages.next()) {
          while (parts.length > 0) {
            const [part] = parts.splice(draw(parts.length), 1);
            await stages.add(part, await resultsIn(await trainPart(part, store, keys)));
          }
        }
        expect(sweepBits(await sweep(silent, folds, input, { store }))).toEqual(straight);
        expect(store.names().filter((name) => name.startsWith('running'))).toEqual([]);
      }),
      { numRuns: 3 },
    );
  });

  it('is gone on from at whatever moment, in stages or on one machine', async () => {
    const store = memoryStore();
    const { stages, keys } = await openStages(store, cutInto(five));
    while (await trainSome(stages, store, keys));
    const moments = store.moments();
    expect(moments.length).toBeGreaterThan(40);
    for (const [index, moment] of moments.entries()) {
      if (index % 40 === 10) expect(sweepBits(await sweep(engine, folds, input, { store: moment }))).toEqual(straight);
      if (index % 40 !== 25) continue;
      const again = await openStages(moment, cutInto(five));
      while (await trainSome(again.stages, moment, keys));
      expect(sweepBits(await sweep(silent, folds, input, { store: moment }))).toEqual(straight);
    }
  });

  it('goes on in stages with what one machine has begun, between two rungs too', async () => {
    const store = memoryStore();
    const abort = new AbortController();
    const progress = ({ epochs }: SweepProgress) => {
      if (epochs > straight.trials.length * 3) abort.abort();
    };
    await sweep(engine, folds, input, { store, signal: abort.signal, progress });
    const { stages, keys } = await openStages(store, cutInto(five));
    expect(stages.populations.map(({ epochs }) => epochs)).toContain(3);
    while (await trainSome(stages, store, keys));
    expect(sweepBits(await sweep(silent, folds, input, { store }))).toEqual(straight);
  });

  it('comes to the same bits where a part is ended in the middle of its stage', async () => {
    const store = memoryStore();
    const { stages, keys } = await openStages(
      store,
      cutInto((count) => count - 1),
    );
    await trainSome(stages, store, keys);
    // Some of its trials have lost, and some go on.
    const part = stages.next().find(({ losers, population: { specs } }) => {
      const lost = losers.flatMap(({ configurations }) => configurations);
      return lost.length > 0 && specs.some(({ configuration }) => !lost.includes(configuration));
    });
    if (!part) throw new Error('nobody has lost');
    expect([part.until, part.population.epochs]).toEqual([4, 2]);
    const abort = new AbortController();
    const ended = await trainPart(part, store, keys, { signal: abort.signal, progress: () => abort.abort() });
    const { running } = await resultsIn(ended);
    expect([...running.values()].map(({ run }) => run.epochs)).toContain(3);
    await trainIn(ended, part);
    await stages.add(part, await resultsIn(ended));
    while (await trainSome(stages, store, keys));
    expect(sweepBits(await sweep(silent, folds, input, { store }))).toEqual(straight);
  });

  it('returns when all is kept, also where it is ended while it keeps what waits', async () => {
    const { stages, keys } = await openStages(memoryStore(), cutInto(five));
    const abort = new AbortController();
    const store = memoryStore();
    await store.write('about', { version: storeVersion, ...(await sweepIdentity(definition, keys)) });
    const kept: string[] = [];
    const slow: SweepStore = {
      ...store,
      async write(name, value) {
        if (name !== 'about') abort.abort();
        await new Promise(setImmediate);
        await store.write(name, value);
        kept.push(name.split(' ')[0]);
      },
    };
    const [part] = stages.next();
    await trainIn(slow, part, { signal: abort.signal });
    // At the rung, and as it was ended.
    expect(kept).toEqual(['about', 'running', 'running']);
    await stages.add(part, await resultsIn(store));
    expect(stages.populations.at(-1)).toMatchObject({ epochs: 2 });
  });

  it('trains what is lost, or of another plan, up to the others', async () => {
    const store = memoryStore();
    const { stages, keys } = await openStages(store, cutInto(five));
    while (stages.next()[0].until !== 8) await trainSome(stages, store, keys);
    const [lost, other] = stages.populations.flatMap(({ name }) => name ?? []);
    await store.remove(lost);
    const value = (await store.read(other)) as RunningPopulation;
    value.run.population.plan = 'resident';
    await store.write(other, value);
    const again = await openStages(store, cutInto(five));
    // Those that were lost first, with the others waiting.
    expect(again.stages.next().map(({ until, population }) => [until, population.epochs])).toEqual([[2, 0]]);
    while (await trainSome(again.stages, store, keys));
    expect(sweepBits(await sweep(silent, folds, input, { store }))).toEqual(straight);
  });
});
