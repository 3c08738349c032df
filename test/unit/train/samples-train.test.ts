/**
 * Every sample table, trained with nothing said but its target, beats what needs no training by a clear margin; a truth table,
 * of which an epoch is one step, with its own settings.
 */
import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prepare } from '../../../src/data/prepare/prepare.ts';
import { readCsv } from '../../../src/data/read/csv.ts';
import { requestCpuEngine } from '../../../src/engine/cpu/engine.ts';
import { baselineMetrics, type Metrics } from '../../../src/model/metrics.ts';
import { withFirstDefaults } from '../../../src/spec/first-defaults.ts';
import type { TrialInput } from '../../../src/spec/settings.ts';
import { train } from '../../../src/train/trainer.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'data');
const samples: { name: string; file: string; target: string; task: string; settings: TrialInput }[] = JSON.parse(
  readFileSync(join(folder, 'samples.json'), 'utf8'),
);
describe('a sample table', () => {
  it.each(samples)('$name is learned', async ({ file, target, task, settings: { model, training } }) => {
    const table = await readCsv(createReadStream(join(folder, file)), { source: file });
    const data = prepare(table, { target });
    expect(data.preprocessing.task === 'regression' ? 'regression' : 'classification').toBe(task);
    const engine = await requestCpuEngine('asked for', { threads: 1 });
    const run = train(engine, data, data.rows === 4 ? withFirstDefaults({ model, training }) : {});
    await run.model();
    // Truth tables of four rows are not split.
    const set = data.sets.test.length > 0 ? 'test' : 'train';
    expect(set === 'test' || data.rows === 4).toBe(true);
    const ours = await run.metrics(set);
    expect(score(ours)).toBeLessThan(0.6 * score(baselineMetrics(data, set)));
    await run.destroy();
  });
});

/** What is to be small: the error, or the share of wrong classes. */
function score(metrics: Metrics | null): number {
  if (!metrics) throw new Error('no metrics');
  return 'rmse' in metrics ? metrics.rmse : 1 - metrics.accuracy;
}
