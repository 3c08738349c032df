/** What the data panel says of tables, in the person's language. Called while rendering, never once for all. */
import type { GeneratorName } from '../../data/prepare/generate.ts';
import { labelAt } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import type { ReadingProgress, TableView } from '../protocol/messages.ts';
import { type FormPath, formFields, groupPaths } from '../shared/form.ts';
import { count, figure } from '../shared/format.ts';
import { bytesWords } from '../trainer/memory.ts';

export function rowsInWords(rows: number): string {
  return rows === 1 ? text.data.oneRow : text.data.rows(count(rows));
}

export function columnsInWords(columns: number): string {
  return columns === 1 ? text.data.oneColumn : text.data.columns(count(columns));
}

/** Title and one line of each sample. */
export function sampleWords(name: string): { title: string; description: string } {
  const samples: Record<string, { title: string; description: string }> = text.data.samples;
  return samples[name] ?? { title: name, description: '' };
}

/** "Read 3.1 MB of 12 MB, 45 000 rows" */
export function readingInWords({ bytes, total, rows }: ReadingProgress): string {
  if (bytes === 0) return text.data.reading;
  if (rows > 0 && bytes >= total) return text.data.readAndPreparing(rowsInWords(rows));
  return text.data.readSoFar({ bytes: bytesWords(bytes), total: bytesWords(total), rows: rowsInWords(rows) });
}

/** What was taken for granted, in one line. */
export function assumedInWords(data: TableView): string {
  const { target, features, columns } = data;
  const others = columns.length - 1;
  const from =
    features.length === 1
      ? features[0]
      : features.length === others
        ? text.data.theOtherColumns(count(others))
        : text.data.someOtherColumns({ features: count(features.length), others: count(others) });
  if (data.task === 'regression') return text.data.predictsNumber({ target, from });
  const classes = data.task === 'binary' ? 2 : data.outputs;
  return text.data.predictsClass({ target, classes: count(classes), from });
}

/** A group of settings that is switched on and off. */
export function groupLabel(path: string): string {
  return path === 'trial.training.early_stopping' ? text.common.earlyStopping : text.common.lossPlateau;
}

function pathLabel(path: FormPath): string {
  if (path === 'engine') return text.common.engine;
  if (groupPaths.includes(path)) return groupLabel(path);
  const entry = formFields.find((other) => other.path === path);
  return entry ? labelAt(entry) : path;
}

/** Settings that were taken along from the table before. */
export function keptInWords(kept: readonly FormPath[]): string {
  // As within a sentence: "learning rate", but "L1".
  const labels = kept.map((path) => pathLabel(path).replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase()));
  const shown = labels.slice(0, 3).join(', ');
  const more = labels.length - 3;
  return more > 0 ? text.data.keptSettingsAndMore({ shown, more }) : text.data.keptSettings(shown);
}

/** What the noise slider of a sample says: a standard deviation, in the units of the column it is added to. */
export function noiseInWords(kind: GeneratorName, noise: number): string {
  return kind === 'curve' ? text.data.sdOnY(figure(noise)) : text.data.sdOnInputs(figure(noise));
}
