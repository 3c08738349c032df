/** A fit on WebGPU: the same networks as on the CPU, to the rounding of float32. */
import { expect, it } from 'vitest';
import { readCsv } from '../../../src/data/read/csv.ts';
import { fit as fitModel } from '../../../src/fit/fit.ts';
import { uniformAt } from '../../../src/util/random.ts';
import { gpuEngine, reference } from '../support/engines.ts';

const plan = { folds: 2, held_out: 0.5, max_rows: 1000, max_width: 16, trials: 2, epochs: 3, packs: 2 };

it('fits an ensemble on WebGPU', async () => {
  const rows = Array.from({ length: 60 }, (_, row) => {
    const [a, b] = [uniformAt(5, 2 * row), uniformAt(5, 2 * row + 1)];
    return `${a},${b},${Math.sin(6 * a) + b}`;
  });
  const table = await readCsv(['a,b,y', ...rows].join('\n'));
  const own = await fitModel(await gpuEngine(), table, { target: 'y', plan });
  const other = await fitModel(reference, table, { target: 'y', plan });
  if (!('rmse' in own.metrics) || !('rmse' in other.metrics)) throw new Error('not the metrics of numbers');
  expect(own.engine.kind).toBe('webgpu');
  expect(own.networks).toBe(10);
  expect(own.diverged).toBe(0);
  expect(Math.abs(own.metrics.rmse / other.metrics.rmse - 1)).toBeLessThan(1e-3);
  expect(own.model.members.map(({ weight }) => weight)).toEqual(other.model.members.map(({ weight }) => weight));
});
