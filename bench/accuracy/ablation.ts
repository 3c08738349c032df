/** What each part brings: every method of a file beside its first one, over all tables. */
import { figure } from '../../src/util/format.ts';
import { table as markdownTable } from '../markdown.ts';
import { ratioOfRates, type TableComparison } from './compare.ts';
import { geometricMean, mean } from './metrics.ts';
import { factLines, failureLines, type ReportFacts } from './report.ts';
import type { MethodStudy, Study } from './study.ts';

export interface Difference {
  name: string;
  tables: number;
  /** Geometric means of this method's errors divided by the first one's: above 1 is worse. */
  rmse?: number;
  logLoss?: number;
  errorRate?: number;
  /** Mean of the scores, less the first one's. */
  score?: number;
  /** Tables on which its error is smaller, and larger. */
  better: number;
  worse: number;
  /** Processor time divided by the first one's. */
  cpu: number;
}

/** Over the tables that both were measured on. */
export function differenceOf(method: MethodStudy, first: MethodStudy): Difference {
  const pairs = method.comparisons.flatMap((own) => {
    const other = first.comparisons.find(({ table, splits }) => table === own.table && same(splits, own.splits));
    return other ? [{ own, other }] : [];
  });
  const over = (value: (own: TableComparison, other: TableComparison) => number | undefined) =>
    pairs.map(({ own, other }) => value(own, other)).filter((one) => one !== undefined);
  const ratio = (values: number[]) => (values.length > 0 ? geometricMean(values) : undefined);
  const errors = (task: TableComparison['task']) =>
    ratio(over((own, other) => (own.task === task ? own.error / other.error : undefined)));
  const scores = over(({ score: own }, { score: other }) =>
    own === undefined || other === undefined ? undefined : own - other,
  );
  return {
    name: method.name,
    tables: pairs.length,
    rmse: errors('regression'),
    logLoss: errors('classification'),
    errorRate: ratio(
      over(({ errorRate: own }, { errorRate: other }) =>
        own === undefined || other === undefined ? undefined : ratioOfRates(own, other),
      ),
    ),
    score: scores.length > 0 ? mean(scores) : undefined,
    better: pairs.filter(({ own, other }) => own.error < other.error).length,
    worse: pairs.filter(({ own, other }) => own.error > other.error).length,
    cpu: geometricMean(over((own, other) => own.cpu / other.cpu)),
  };
}

const same = (a: readonly number[], b: readonly number[]) =>
  a.length === b.length && a.every((split) => b.includes(split));

export function ablationOf(study: Study, facts: ReportFacts): string {
  const [first, ...others] = study.methods;
  if (!first) return 'Nothing was measured.';
  const maybe = (value: number | undefined) => (value === undefined ? '–' : figure(value));
  const rows = others
    .map((method) => differenceOf(method, first))
    .map(({ name, tables, score, rmse, logLoss, errorRate, better, worse, cpu }) => [
      name,
      ...[score, rmse, logLoss, errorRate].map(maybe),
      `${better} / ${worse} / ${tables - better - worse}`,
      figure(cpu),
    ]);
  return [
    '## Ablation',
    factLines(study, facts),
    `Each row is \`${first.name}\` with one part changed, beside it on the same splits: its mean score less that of \`${first.name}\`, its errors and its processor
time divided by those of \`${first.name}\` (above 1 is worse), and the tables on which its error is smaller, larger and equal.`,
    markdownTable(['', 'score', 'RMSE', 'log loss', 'error rate', 'better / worse / equal', 'CPU s'], rows),
    ...failureLines(study),
  ].join('\n\n');
}
