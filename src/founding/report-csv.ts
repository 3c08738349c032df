/** The report's cells, curves and fits as CSV: one line a cell, an epoch of a cell, a point of a cell's fit. */
import { csvLine } from '../util/csv.ts';
import type { Spread } from '../util/statistics/statistics.ts';
import type { CellKey, FoundingCell, FoundingReport } from './report.ts';

type Rule = 'right' | 'published';

const keyColumns = ['rule', 'activation', 'optimizer', 'batch_size'];

export function* cellsCsv(report: FoundingReport): Generator<string> {
  const spreads = [
    'train_loss',
    'validation_loss',
    'validation_rmse',
    'epochs_run',
    'epochs_to_good',
    'seconds',
  ] as const;
  const columns = spreads.flatMap((name) => ['mean', 'sd', 'low', 'high', 'interval'].map((part) => `${name}_${part}`));
  yield line([...keyColumns, 'n', 'diverged', ...columns, 'reached_good', 'ms_per_step']);
  for (const { rule, cell } of ruledCells(report)) {
    yield line([
      ...keyOf(rule, cell),
      cell.n,
      cell.diverged,
      ...spreads.flatMap((name) => spreadCells(cell[name])),
      cell.epochs_to_good.reached,
      cell.ms_per_step.median,
    ]);
  }
}

export function* curvesCsv(report: FoundingReport): Generator<string> {
  const losses = ['train_loss_mean', 'train_loss_sd', 'validation_loss_mean', 'validation_loss_sd'];
  yield line([...keyColumns, 'epoch', 'n', ...losses]);
  for (const { rule, cell } of ruledCells(report)) {
    const { epoch, n, train, validation } = cell.curve;
    for (const [index, number] of epoch.entries()) {
      const own = [train.mean[index], train.sd[index], validation.mean[index], validation.sd[index]];
      yield line([...keyOf(rule, cell), number, n[index], ...own]);
    }
  }
}

export function* fitsCsv(report: FoundingReport): Generator<string> {
  const { x, y } = report.data;
  yield line([...keyColumns, x, `${y}_mean`, `${y}_sd`]);
  for (const { rule, cell } of ruledCells(report)) {
    const { fit } = cell;
    for (const [index, value] of fit.x.entries()) {
      yield line([...keyOf(rule, cell), value, fit.mean[index], fit.sd[index]]);
    }
  }
}

function ruledCells({ cells, published }: FoundingReport): { rule: Rule; cell: FoundingCell }[] {
  return [
    ...cells.map((cell) => ({ rule: 'right' as const, cell })),
    ...(published?.cells ?? []).map((cell) => ({ rule: 'published' as const, cell })),
  ];
}

function keyOf(rule: Rule, { activation, optimizer, batch_size }: CellKey): (string | number)[] {
  return [rule, activation, optimizer, batch_size];
}

function spreadCells({ mean, sd, low, high, interval }: Spread): (string | number)[] {
  return [mean, sd, low, high, interval];
}

/** Numbers that are not finite are left empty. */
function line(cells: readonly (string | number)[]): string {
  const texts = cells.map((cell) =>
    typeof cell === 'number' ? (Number.isFinite(cell) ? Number(cell.toPrecision(7)) : '') : cell,
  );
  return `${csvLine(texts)}\n`;
}
