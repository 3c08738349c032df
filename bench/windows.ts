/**
 * What it costs to train on rows that come in windows, beside the same rows in one buffer. Run with Node:
 *
 *   npx vite build --ssr bench/windows.ts --outDir dist/bench && node dist/bench/windows.js
 *
 * 1,000,000 rows of 20 numbers, 20-32-1, batches of 1,000, adam; in one buffer, and in windows of 16 MB. Both train an
 * epoch in turn, five times after one to warm up. The third figure is the host's work alone: an epoch's order, and its rows
 * put side by side.
 */
import type { Engine } from '../src/engine/engine.ts';
import { openAdapter } from '../src/engine/gpu/device/adapter.ts';
import { type GpuOptions, requestGpuEngine } from '../src/engine/gpu/engine.ts';
import { joinRows } from '../src/engine/gpu/memory/rows.ts';
import { rowsInOrder } from '../src/engine/gpu/plan/streamed.ts';
import { requestDawn } from '../src/machine/dawn.ts';
import { shuffleKey } from '../src/util/random.ts';
import { type Case, makeData, makePopulation } from '../test/parity/cases.ts';
import { median } from './results.ts';

const rows = 1_000_000;
const repetitions = 5;
const problem: Case = {
  columns: 20,
  hidden: [32],
  outputs: 1,
  rows,
  batch_size: 1000,
  activation: 'relu',
  loss: 'mse',
  optimizer: 'adam',
  trials: 1,
};

const dawn = await requestDawn();
if (!dawn.gpu) throw new Error(dawn.reason.text);
const { gpu } = dawn;
/** How the plans are laid out is the same in both: what is compared is the way of the rows. */
const fixed = { core: 'direct', resident: { memory: 'storage', threads: 4 } } as const;
async function engineWith(options: GpuOptions): Promise<Engine> {
  const adapter = await openAdapter(gpu);
  if ('missing' in adapter) throw new Error(adapter.missing);
  return requestGpuEngine(adapter, 'bench', { ...fixed, ...options });
}

const data = makeData(problem);
const settings = makePopulation(problem);
const engines = { 'one buffer': await engineWith({}), windows: await engineWith({ largest_buffer: 16 * 2 ** 20 }) };

const shown = (times: readonly number[]) =>
  `${median(times).toFixed(2)} s (${times.map((time) => time.toFixed(2)).join(', ')})`;
const secondsOf = async (work: () => unknown) => {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
};

const { adapter, software } = engines.windows;
console.log(`${adapter}${software ? ' (software)' : ''}, Node ${process.version}, ${rows} rows`);
for (const plan of ['layered', 'resident'] as const) {
  const populations = await Promise.all(
    Object.entries(engines).map(async ([name, engine]) => {
      const population = await engine.createPopulation(data, { ...settings, plan });
      await population.train(population.stepsPerEpoch);
      return { name, population, times: [] as number[] };
    }),
  );
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    for (const { population, times } of populations) {
      times.push(await secondsOf(() => population.train(population.stepsPerEpoch)));
    }
  }
  for (const { name, population, times } of populations) {
    console.log(`${name.padEnd(11)} ${population.plan.padEnd(34)} ${shown(times)}`);
    population.destroy();
  }
  const [whole, cut] = populations.map(({ times }) => median(times));
  console.log(`windows / one buffer: ${(cut / whole).toFixed(3)}`);
}

const gathering: number[] = [];
for (let epoch = 0; epoch < repetitions; epoch += 1) {
  const { train } = data.sets;
  const most = 200_000;
  gathering.push(
    await secondsOf(() => {
      const order = rowsInOrder(train, shuffleKey(1, epoch));
      for (let first = 0; first < train.length; first += most) joinRows(data, order(first, most));
    }),
  );
}
console.log(`host alone, ${data.sets.train.length} training rows: ${shown(gathering)}`);
for (const engine of Object.values(engines)) engine.destroy();
