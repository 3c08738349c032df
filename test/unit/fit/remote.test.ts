/** Packs that other machines have trained, some of them missing or cut off: what they made is repeated by its plan. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { readCsv } from '../../../src/data/read/csv.ts';
import { requestEngine } from '../../../src/engine/request.ts';
import { type FitResult, fit as fitModel, fitPrepared } from '../../../src/fit/fit.ts';
import { prepareFit } from '../../../src/fit/prepared.ts';
import { packsOf, planWith } from '../../../src/fit/sequence.ts';
import { type TrainedPack, trainPack } from '../../../src/fit/trained-pack.ts';
import { saveModel } from '../../../src/model/model.ts';
import { checkFit } from '../../../src/spec/check.ts';
import { type CreateRun, newRun, type Run } from '../../../src/train/trainer.ts';

const plan = { folds: 2, held_out: 0.5, max_rows: 30, max_width: 16, trials: 2, epochs: 6 };
const ended = fc.record({ whole: fc.boolean(), epochs: fc.integer({ min: 1, max: 500 }) });

it('are what the plan says that is recorded, and nothing else', () => {
  const trained = fc
    .uniqueArray(fc.tuple(fc.nat(30), ended), { selector: ([number]) => number, minLength: 1 })
    .map((packs) => packs.sort(([a], [b]) => a - b).map(([number, pack]) => ({ number, ...pack })));
  fc.assert(
    fc.property(trained, (packs) => {
      const wanted = packs.map(({ number, whole, epochs }) => ({ number, limit: whole ? Infinity : epochs }));
      expect([...packsOf(checkFit({ plan: planWith(plan, packs) }).plan)]).toEqual(wanted);
    }),
  );
});

const engine = await requestEngine({ kind: 'cpu', threads: 1 });
const lines = Array.from({ length: 60 }, (_, row) => `${row / 60},${(row * 7) % 13},${Math.sin(row / 9)}`);
const table = await readCsv(['a,b,y', ...lines].join('\n'));
const shared = { shard_packs: [1, 0, 0, 0, 0, 1], shard_epochs: [0, 7, 0, 0, 3, 0] };
const bytesOf = ({ model }: FitResult) => Buffer.from(saveModel(model));

it('make a model that one machine makes again, to the last bit', async () => {
  const prepared = await prepareFit(table, { target: 'y' }, checkFit({}), () => plan);
  const train = (number: number, limit = Number.POSITIVE_INFINITY) =>
    trainPack(engine, prepared, { number, limit }, { isOver: () => false, tick: () => {} });
  const packs: [number, TrainedPack][] = [
    [0, await train(0)],
    [1, await train(1, 7)],
    [4, await train(4, 3)],
    [5, await train(5)],
  ];
  async function* arrived() {
    for (const [number, pack] of packs) yield { number, pack };
  }
  const found = await fitPrepared(engine, prepared, { seconds: () => 1, own: { remote: { arrived } } });
  expect(found.plan).toEqual({ ...plan, ...shared });
  expect(found.progress.map(({ networks }) => networks)).toEqual([6, 10, 14, 18]);
  const again = await fitModel(engine, table, { target: 'y', plan: found.plan });
  expect(again.plan).toEqual(found.plan);
  expect(bytesOf(again).equals(bytesOf(found))).toBe(true);
});

/** Aborts in the second epoch of a run, counted from 1, and goes on once the run has been told to stop. */
function abortingIn(wanted: number, abort: AbortController): CreateRun<Run> {
  let runs = 0;
  return (...given) => {
    const run = newRun(...given);
    runs += 1;
    if (runs !== wanted) return run;
    const [epoch, stop] = [run.epoch.bind(run), run.stop.bind(run)];
    let told = () => {};
    const stopped = new Promise<void>((resolve) => {
      told = resolve;
    });
    let epochs = 0;
    run.epoch = async () => {
      epochs += 1;
      if (epochs === 2) {
        abort.abort();
        await stopped;
      }
      return epoch();
    };
    run.stop = () => {
      stop();
      told();
    };
    return run;
  };
}

it.each([
  ['in a pack that was whole', 2, { packs: 0, last_epochs: 3 }],
  ['in a pack that was cut off', 4, { packs: 1, last_epochs: 3 }],
  ['in a pack after some that are missing', 7, { shard_packs: [1, 0, 0, 0, 0, 0], shard_epochs: [0, 7, 0, 0, 3, 2] }],
])('make another model where the repetition is ended, %s, which is repeated too', async (_, run, ended) => {
  const abort = new AbortController();
  const options = { target: 'y', plan: { ...plan, ...shared }, signal: abort.signal };
  const cut = await fitModel(engine, table, options, { create: abortingIn(run, abort) });
  expect(cut.plan).toEqual({ ...plan, ...ended });
  const again = await fitModel(engine, table, { target: 'y', plan: cut.plan });
  expect(bytesOf(again).equals(bytesOf(cut))).toBe(true);
});
