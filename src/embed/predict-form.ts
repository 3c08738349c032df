/** A form with a field for each column, and what the model answers for what stands in it. */
import { html, type TemplateResult } from 'lit';
import type { DataSet, FeatureStep } from '../data/prepare/dataset.ts';
import type { Model } from '../library/model.ts';
import type { Prediction } from '../library/predictions.ts';
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
    const row = Object.fromEntries(
      preprocessing.features.map(({ column, kind }) => [column, cellOf(cells, column, kind)]),
    );
    try {
      const model = await modelNow();
      if (model) say(inWords(model.predict([row])[0], preprocessing, text));
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

/** As it is typed; an empty one is missing. */
function cellOf(cells: FormData, column: string, kind: FeatureStep['kind']): string | number | null {
  const cell = String(cells.get(column) ?? '').trim();
  if (cell === '') return null;
  return kind === 'number' ? Number(cell) : cell;
}

/** "adelie, 93 %", or a number with its unit and its interval. */
function inWords(answer: Prediction, { targets }: DataSet['preprocessing'], { interval }: EmbedText): string {
  if (answer.class !== undefined) return `${answer.class}, ${figure(100 * answer.probabilities[answer.class])} %`;
  if (answer.value === undefined) return '';
  const [target] = targets;
  const { before = '', after = '' } = (target.kind === 'number' && target.unit) || {};
  const value = `${before}${figure(answer.value)}${after}`;
  const { low, high } = answer;
  return low === undefined ? value : `${value} (${interval(figure(low), figure(high))})`;
}
