/** A form with a field for each column, and what the model answers for what stands in it. */
import { html, type TemplateResult } from 'lit';
import type { DataSet, FeatureStep } from '../data/prepare/dataset.ts';
import { type Column, type Table, textOf } from '../data/table/table.ts';
import type { Model } from '../model/model.ts';
import { figure } from '../util/format.ts';
import type { EmbedText } from './texts.ts';

/** @param answer what is said now @param say takes what is said next @param modelNow the model as it is now */
export function predictForm(
  { preprocessing }: DataSet,
  text: EmbedText,
  answer: string,
  say: (answer: string) => void,
  modelNow: () => Promise<Model> | undefined,
): TemplateResult {
  const submit = async (event: Event) => {
    event.preventDefault();
    const cells = new FormData(event.currentTarget as HTMLFormElement);
    const table = rowOf(preprocessing.features, (column) => String(cells.get(column) ?? '').trim());
    try {
      const model = await modelNow();
      if (model) say(inWords(model.predict(table), text));
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
    }
  };
  return html`<form part="predict" @submit=${submit}>
    ${preprocessing.features.map((step) => html`<label><span>${step.column}</span>${fieldOf(step)}</label>`)}
    <button part="button" type="submit">${text.predict}</button>
    <output aria-live="polite">${answer}</output>
  </form>`;
}

function fieldOf(step: FeatureStep): TemplateResult {
  const { column } = step;
  if (step.kind === 'category' || step.kind === 'boolean') {
    const levels = step.kind === 'category' ? step.levels : [step.truth, step.falsehood];
    return html`<select name=${column}>
      ${levels.map((level, index) => html`<option ?selected=${index === 0}>${level}</option>`)}
      <option value="">–</option>
    </select>`;
  }
  if (step.kind === 'date') return html`<input name=${column} type="text" placeholder=${step.format} />`;
  return html`<input name=${column} type="number" step="any" .value=${String(Number(step.missing.value.toPrecision(6)))} />`;
}

/** One row of cells as they are typed; an empty one is missing. */
function rowOf(steps: readonly FeatureStep[], cellOf: (column: string) => string): Table {
  const columns = steps.map(({ column: name, kind }): Column => {
    const cell = cellOf(name);
    if (kind === 'number') {
      return { name, kind: 'number', values: Float64Array.of(cell === '' ? Number.NaN : Number(cell)) };
    }
    return { name, kind: 'text', codes: Uint32Array.of(cell === '' ? 0 : 1), levels: cell === '' ? [] : [cell] };
  });
  return { source: 'form', rows: 1, columns, rowsBefore: 0, notices: [] };
}

/** "adelie, 93 %", or a number with its interval and unit. */
function inWords(columns: readonly Column[], { interval }: EmbedText): string {
  const [first, ...others] = columns;
  if (first.kind === 'text') {
    const shares = others.map((column) => (column.kind === 'number' ? column.values[0] : 0));
    return `${textOf(first, 0)}, ${figure(100 * Math.max(...shares))} %`;
  }
  const [low, high] = others.map((column) => (column.kind === 'number' ? figure(column.values[0]) : ''));
  const { before = '', after = '' } = first.unit ?? {};
  const value = `${before}${figure(first.values[0])}${after}`;
  return low && high ? `${value} (${interval(low, high)})` : value;
}
