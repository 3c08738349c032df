/** What the page keeps for its views, and how their cost is held to a share of the time. */
import { describe, expect, it } from 'vitest';
import { History } from '../../../../src/lab/trainer/history.ts';
import { ViewsState } from '../../../../src/lab/trainer/views-state.ts';
import { Pace } from '../../../../src/lab/worker/views/pace.ts';
import { buffersOf, noViews } from '../../../../src/lab/worker/views/views-update.ts';
import type { LayerDiagnosis } from '../../../../src/train/results/diagnostics.ts';
import type { EpochRecord } from '../../../../src/train/trainer.ts';

describe('pace', () => {
  it('leaves the rest of the time to training', () => {
    const pace = new Pace(0.1, 40);
    expect(pace.due(0)).toBe(true);
    pace.took(0, 20, 1000);
    expect(pace.due(219)).toBe(false);
    expect(pace.due(220)).toBe(true);
    pace.took(220, 221, 1000);
    // What is cheap is still not done all the time.
    expect(pace.due(260)).toBe(false);
    expect(pace.due(261)).toBe(true);
    pace.took(261, 1000, 1000);
    pace.reset();
    expect(pace.due(1000)).toBe(true);
  });

  it('says how much can be done in a time, by what the last ones took', () => {
    const pace = new Pace(0.1, 0);
    expect(pace.unitsIn(10, 500)).toBe(500);
    pace.took(0, 20, 1000);
    expect(pace.unitsIn(10, 500)).toBe(500);
    pace.took(0, 10, 1000);
    expect(pace.unitsIn(15, 500)).toBe(1000);
  });
});

describe('views', () => {
  const at = (epoch: number, norm: number) => ({
    ...noViews,
    inside: {
      epoch,
      findings: [],
      diagnosis: { loss: 1, rows: 4, layers: [{ gradient_norm: norm } as LayerDiagnosis] },
    },
  });

  it('do not draw gradients of the parameters that were put back at the end as those of an epoch after it', () => {
    const views = new ViewsState();
    for (const [epoch, norm] of [
      [1, 5],
      [2, 4],
      [33, 3],
      [13, 9],
    ])
      views.add(at(epoch, norm));
    expect(views.norms.map(({ epoch }) => epoch)).toEqual([1, 2, 33]);
    expect(views.inside?.epoch).toBe(13);
  });

  it('keep the newest of each, and gradients as they went, one for a moment', () => {
    const views = new ViewsState();
    views.add({ ...noViews, surface: { side: 2, values: new Float32Array(4) } });
    views.add(at(1, 5));
    views.add(at(2, 4));
    views.add(at(2, 3));
    expect(views.surface?.side).toBe(2);
    expect(views.norms).toEqual([
      { epoch: 1, norms: [5] },
      { epoch: 2, norms: [3] },
    ]);
  });

  it('keep long runs in bounded memory, from beginning to end', () => {
    const views = new ViewsState();
    for (let epoch = 1; epoch <= 5000; epoch++) views.add(at(epoch, 1));
    expect(views.norms.length).toBeLessThanOrEqual(600);
    expect(views.norms.at(-1)?.epoch).toBe(5000);
    expect(views.norms[0].epoch).toBeLessThan(200);
  });

  it('hand over every buffer once', () => {
    const shared = new Float64Array(3);
    const found = buffersOf({ a: shared, b: { c: shared, d: [new Uint32Array(2)], e: null, f: 'text' } });
    expect([...found].map(({ byteLength }) => byteLength)).toEqual([24, 8]);
  });
});

it('smoothing that is changed later is the same as from the beginning', () => {
  const records = [4, 2, 3, 1].map(
    (train_loss, i) => ({ number: i + 1, train_loss, validation_loss: null }) as EpochRecord,
  );
  const early = new History();
  early.smoothing = 0.9;
  early.add(records);
  const late = new History();
  late.add(records.slice(0, 3));
  late.smoothing = 0.9;
  late.add(records.slice(3));
  expect(late.smoothTrain).toEqual(early.smoothTrain);
  expect(late.smoothTrain).not.toEqual(late.train);
  late.smoothing = 0;
  expect(late.smoothTrain).toEqual([4, 2, 3, 1]);
});
