/** What the data panel says of tables, in the person's language. Called while rendering, never once for all. */
import { msg, str } from '@lit/localize';
import type { GeneratorName } from '../data/prepare/generate.ts';
import { type FormPath, formFields, groupPaths } from './form.ts';
import { count, figure } from './format.ts';
import { labelAt } from './language.ts';
import { bytesWords } from './memory.ts';
import type { ReadingProgress, TableView } from './messages.ts';

export function rowsInWords(rows: number): string {
  return rows === 1 ? msg('1 row') : msg(str`${count(rows)} rows`);
}

export function columnsInWords(columns: number): string {
  return columns === 1 ? msg('1 column') : msg(str`${count(columns)} columns`);
}

/** Title and one line of each sample. */
export function sampleWords(name: string): { title: string; description: string } {
  switch (name) {
    case 'curve':
      return { title: msg('Curve'), description: msg('A smooth curve of one variable, with noise') };
    case 'or':
      return { title: msg('OR'), description: msg('Four rows, which a single neuron learns') };
    case 'xor':
      return { title: msg('XOR'), description: msg('Four rows, which need a hidden layer') };
    case 'xor_noisy':
      return { title: msg('XOR with noise'), description: msg('Four clouds, opposite ones of one class') };
    case 'spirals':
      return { title: msg('Spirals'), description: msg('Two spirals wound into each other') };
    case 'moons':
      return { title: msg('Moons'), description: msg('Two half moons that no straight line parts') };
    case 'circles':
      return { title: msg('Circles'), description: msg('A circle inside a larger one') };
    case 'blobs':
      return { title: msg('Blobs'), description: msg('Three round clouds, one for each class') };
    case 'penguins':
      return { title: msg('Penguins'), description: msg('Three species by their measurements, with gaps') };
    case 'seattle-weather':
      return { title: msg('Seattle weather'), description: msg("Four years of days: the day's highest temperature") };
    case 'digits':
      return { title: msg('Digits'), description: msg('Handwritten digits of 14 × 14 pixels') };
    default:
      return { title: name, description: '' };
  }
}

/** "Read 3.1 MB of 12 MB, 45 000 rows" */
export function readingInWords({ bytes, total, rows }: ReadingProgress): string {
  if (bytes === 0) return msg('Reading');
  if (rows > 0 && bytes >= total) return msg(str`Read ${rowsInWords(rows)}; preparing them for training`);
  return msg(str`Read ${bytesWords(bytes)} of ${bytesWords(total)}, ${rowsInWords(rows)}`);
}

/** What was taken for granted, in one line. */
export function assumedInWords(data: TableView): string {
  const { target, features, columns } = data;
  const others = columns.length - 1;
  const from =
    features.length === 1
      ? features[0]
      : features.length === others
        ? msg(str`the other ${count(others)} columns`)
        : msg(str`${count(features.length)} of the other ${count(others)} columns`);
  if (data.task === 'regression') return msg(str`Predicts ${target}, a number, from ${from}.`);
  const classes = data.task === 'binary' ? 2 : data.outputs;
  return msg(str`Predicts ${target}, one of ${count(classes)} classes, from ${from}.`);
}

/** A group of settings that is switched on and off. */
export function groupLabel(path: string): string {
  return path === 'trial.training.early_stopping' ? msg('Early stopping') : msg('Loss plateau');
}

function pathLabel(path: FormPath): string {
  if (path === 'engine') return msg('Engine');
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
  return more > 0
    ? msg(str`Kept as you had them: ${shown} and ${more} more.`)
    : msg(str`Kept as you had them: ${shown}.`);
}

/** What the noise slider of a sample says: a standard deviation, in the units of the column it is added to. */
export function noiseInWords(kind: GeneratorName, noise: number): string {
  return kind === 'curve' ? msg(str`sd ${figure(noise)} on y`) : msg(str`sd ${figure(noise)} on each input`);
}
