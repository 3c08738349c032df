/** Packs that other machines have trained, some of them missing or cut off: what they made is repeated by its plan. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { readCsv } from '../../../src/data/read/csv.ts';
import { requestEngine } from '../../../src/engine/request.ts';
import { fit as fitModel, fitPrepared } from '../../../src/fit/fit.ts';
import { prepareFit } from '../../../src/fit/prepared.ts';
import { packsOf, planWith } from '../../../src/fit/sequence.ts';
import { type TrainedPack, trainPack } from '../../../src/fit/trained-pack.ts';
import { saveModel } from '../../../src/model/model.ts';
import { checkFit } from '../../../src/spec/check.ts';

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

it('make a model that one machine makes again, to the last bit', async () => {
  const engine = await requestEngine({ kind: 'cpu', threads: 1 });
  const rows = Array.from({ length: 60 }, (_, row) => `${row / 60},${(row * 7) % 13},${Math.sin(row / 9)}`);
  const table = await readCsv(['a,b,y', ...rows].join('\n'));
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
  expect(found.plan).toEqual({ ...plan, shard_packs: [1, 0, 0, 0, 0, 1], shard_epochs: [0, 7, 0, 0, 3, 0] });
  expect(found.progress.map(({ networks }) => networks)).toEqual([6, 10, 14, 18]);
  const again = await fitModel(engine, table, { target: 'y', plan: found.plan });
  expect(Buffer.from(saveModel(again.model)).equals(saveModel(found.model))).toBe(true);
});
