/** Answers that are no finite numbers are told of, wherever they are given. */
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../src/data/read/csv.ts';
import { withRawCsv } from '../../../src/data/read/raw-csv.ts';
import type { Notice } from '../../../src/data/table/notices.ts';
import { Predictions } from '../../../src/lab/worker/predict/service.ts';
import { predictFile } from '../../../src/model/csv/predict-file.ts';
import { loadModel } from '../../../src/model/file/load-model.ts';
import { failureIn } from '../../../src/model/finite.ts';
import { createModel, type Model, saveModel } from '../../../src/model/model.ts';
import type { ModelData } from '../../../src/model/model-data.ts';
import { withPredictor } from '../../../src/model/predictor.ts';
import { valuesOf } from '../../support/data/tables.ts';
import { contentsOf } from '../../support/models/safetensors.ts';

/** y = 2^127 x, which float32 holds up to x = 2. */
function steep(changes: Partial<ModelData> = {}): Model {
  const data = contentsOf(1, [], 1, { parameters: Float32Array.of(2 ** 127, 0) });
  return loadModel(saveModel(createModel({ ...data, ...changes })));
}

const csv = 'x0,y0\n0.5,1\n\n-0.5,1\n2,1\n1,1\n-2,1\n';
const said = (count: number, row: number) =>
  `rows.csv: the predictions for ${count} rows are no finite numbers, the first for row ${row}; the sums of this model overflow.`;
const table = await readCsv(csv, { source: 'rows.csv' });

const told = (notices: readonly Notice[]) =>
  notices.filter(({ severity }) => severity === 'critical').map((n) => n.text);

describe('a model whose sums overflow', () => {
  it('tells of it beside what it answers', async () => {
    const notices: Notice[] = [];
    const [low, high] = [2 ** 126, 2 ** 127];
    const infinite = Number.POSITIVE_INFINITY;
    expect([...valuesOf(steep().predict(table, { notices })[0])]).toEqual([low, -low, infinite, high, -infinite]);
    expect(told(notices)).toEqual([said(2, 5)]);
    const onEngine: Notice[] = [];
    await withPredictor(steep(), (predictor) => predictor.predict(table, { notices: onEngine }));
    expect(told(onEngine)).toEqual([said(2, 5)]);
    expect(failureIn(notices)?.message).toBe(said(2, 5));
    expect(failureIn([])).toBeUndefined();
  });

  it('tells of it beside its scores, of rows with answers alone', async () => {
    const notices: Notice[] = [];
    const known = await readCsv(csv.replace('2,1\n', '2,\n'), { source: 'rows.csv' });
    expect(steep().evaluate(known, { notices }).rows).toBe(4);
    expect(told(notices)).toEqual([said(1, 7).replace('1 rows', '1 row')]);
  });

  it('tells of it for a file, and writes the others', async () => {
    const found = await withRawCsv(new Blob([csv]), { source: 'rows.csv' }, async (raw) => {
      const answering = predictFile(steep(), raw);
      let text = '';
      for (;;) {
        const { done, value } = await answering.next();
        if (done) return { text, ...value };
        text += value;
      }
    });
    expect(found.text).toContain('\n0.5,1,8.50705917e+37\n');
    expect(told(found.notices)).toEqual([said(2, 5)]);
  });

  it('has no answer at the limits instead', () => {
    const { preprocessing } = contentsOf(1, [], 1);
    const [target] = preprocessing.targets;
    const limits = { least: -1, largest: 1 };
    const clipped = steep({ preprocessing: { ...preprocessing, targets: [{ ...target, limits } as typeof target] } });
    const notices: Notice[] = [];
    expect([...valuesOf(clipped.predict(table, { notices })[0])]).toEqual([1, -1, Number.NaN, 1, Number.NaN]);
    expect(told(notices)).toEqual([said(2, 5)]);
  });

  it('answers a row of the page where it can, and says where it cannot', async () => {
    const predictions = new Predictions({
      session: () => undefined,
      table: () => undefined,
      sweepModel: () => Promise.reject(new Error('no sweep')),
      fitModel: () => steep(),
    });
    await predictions.load([new File([saveModel(steep())], 'steep.safetensors')]);
    expect(await predictions.ask({ x0: '1' })).toMatchObject({ ok: true, value: { answers: [{ value: 2 ** 127 }] } });
    const refused = await predictions.ask({ x0: '2' });
    expect(refused).toMatchObject({ ok: false, problem: { message: { code: 'answer_not_finite' } } });
  });
});
