/** Predicts the rows of a file. Loaded with the first one. */
import { type RawCsv, type RawCsvLine, withRawCsv } from '../../../data/read/raw-csv.ts';
import { type PredictedColumn, type PredictedFile, predictFile } from '../../../model/csv/predict-file.ts';
import type { Model } from '../../../model/model.ts';
import { withPredictor } from '../../../model/predictor.ts';
import type { Batch, BatchProgress } from '../../protocol/predict.ts';

type Tell = (progress: BatchProgress) => void;

/** Rows that are shown before the file is taken. */
const mostShown = 8;
const tellEvery = 100;

export function predictBatch(model: Model, file: File, tell: Tell, signal: AbortSignal): Promise<Batch> {
  const progress = paced(tell);
  const told = (bytes: number, total = file.size) =>
    progress({ doing: 'predicting', share: bytes / Math.max(1, total) });
  return withRawCsv(file, { source: file.name, signal, progress: told }, async (csv) => {
    const preview: string[][] = [];
    const each = (answers: PredictedColumn[], lines: readonly RawCsvLine[]) => {
      if (preview.length < mostShown) preview.push(...previewOf(answers, lines, mostShown - preview.length));
    };
    return withPredictor(model, async (predictor) => {
      const answering = predictFile(model, csv, { signal, predictor, score: true, each });
      // Blobs need not be in this thread's memory.
      const parts: Blob[] = [];
      for (;;) {
        const { done, value } = await answering.next();
        if (done) return batchOf(file, csv, value, preview, parts);
        parts.push(new Blob([value]));
      }
    });
  });
}

/** The first rows of a block, with the answers in front. */
function previewOf(answers: readonly PredictedColumn[], lines: readonly RawCsvLine[], most: number): string[][] {
  const below = lines.filter(({ role }) => role !== 'header');
  // Empty rows above the header have no answers.
  const above = below.length - answers[0].values.length;
  return below
    .slice(above)
    .map(({ role, cells }, row) => ({ role, cells: [...answers.map(({ values }) => String(values[row])), ...cells] }))
    .filter(({ role }) => role === 'row')
    .slice(0, most)
    .map(({ cells }) => cells);
}

function batchOf(
  file: File,
  { names }: RawCsv,
  { rows, added, notices, scores }: PredictedFile,
  preview: string[][],
  parts: Blob[],
): Batch {
  const scored = scores && 'scored' in scores ? scores.scored : undefined;
  return {
    name: `${file.name.replace(/\.(csv|tsv|txt|xlsx|parquet|arrow|feather)?(\.gz)?$/i, '')}-predicted.csv`,
    rows,
    added,
    head: [...added, ...names],
    preview,
    scored,
    unscored: scores && 'unscored' in scores ? scores.unscored : undefined,
    notices: [...notices, ...(scored?.notices ?? [])],
    csv: new Blob(parts, { type: 'text/csv' }),
  };
}

function paced(tell: Tell): Tell {
  let last = 0;
  return (progress) => {
    const now = performance.now();
    if (now - last < tellEvery) return;
    last = now;
    tell(progress);
  };
}
