/**
 * How right a model is on the rows of a file: read and predicted block by block, so that of the rows no more is kept than
 * their outputs and answers.
 */
import { applyFeatures } from '../../data/prepare/preprocessing.ts';
import type { RawCsv } from '../../data/read/raw-csv.ts';
import type { Notice } from '../../data/table/notices.ts';
import { FiniteCheck } from '../finite.ts';
import { intervalsAt } from '../intervals.ts';
import type { Model, ModelScores } from '../model.ts';
import type { Predictor } from '../predictor.ts';
import { featureKinds, fileNotices, requireColumns, targetNames } from './file-columns.ts';
import { PartFindings } from './part-findings.ts';
import { FileScorer } from './score-file.ts';
import { timeSlicedForward } from './sliced-forward.ts';

interface EvaluateOptions {
  /** Computes the outputs; the reference unless given. */
  predictor?: Pick<Predictor, 'outputs'>;
  /** Share of answers that intervals are to hold: 0.9 unless given. */
  level?: number;
}

/** As `Model.evaluate`. @throws InputError likewise */
export async function evaluateFile(
  model: Model,
  csv: RawCsv,
  { predictor, level }: EvaluateOptions = {},
): Promise<ModelScores & { notices: Notice[] }> {
  const { preprocessing } = model;
  const intervals = intervalsAt(model, level);
  requireColumns(csv, targetNames(preprocessing), 'target');
  requireColumns(
    csv,
    preprocessing.features.map(({ column }) => column),
  );
  const scorer = new FileScorer(model, csv, intervals);
  const findings = new PartFindings();
  const forward = timeSlicedForward(model, predictor);
  for await (const table of csv.tables(featureKinds(preprocessing))) {
    const { features } = applyFeatures(preprocessing, table, findings);
    scorer.add(await forward(features, table.rows));
  }
  const finite = new FiniteCheck(model);
  const { notices: said, ...scores } = scorer.score(finite);
  findings.refuseUnusable();
  const notices = [...fileNotices(csv), ...said, ...findings.notices];
  finite.tell(csv.source, notices);
  return { ...scores, notices };
}
