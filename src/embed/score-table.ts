/** The scores of a run that has ended, beside those of always giving the same answer. */
import { html, type TemplateResult } from 'lit';
import type { RowSet } from '../engine/engine.ts';
import type { Metrics } from '../model/metrics.ts';
import { figure } from '../util/format.ts';
import type { EmbedText } from './texts.ts';
import type { TrainerState } from './trainer.ts';

const sets: readonly RowSet[] = ['train', 'validation', 'test'];

export function scoreTable(
  metrics: NonNullable<TrainerState['metrics']>,
  baseline: TrainerState['baseline'],
  text: EmbedText,
): TemplateResult {
  const shown = sets.filter((rows) => metrics[rows]);
  const names: Record<RowSet, string> = { train: text.training, validation: text.validation, test: text.test };
  // The rows that say most of new ones.
  const judged = shown.at(-1);
  return html`<table part="scores">
    <thead>
      <tr>
        <td></td>
        ${shown.map((rows) => html`<th scope="col">${names[rows]}</th>`)}
        ${judged && baseline?.[judged] ? html`<th scope="col">${text.baseline}</th>` : ''}
      </tr>
    </thead>
    <tbody>
      ${scoresOf(metrics, text).map(
        ([name, of]) =>
          html`<tr>
            <th scope="row">${name}</th>
            ${shown.map((rows) => html`<td>${figure(of(metrics[rows]))}</td>`)}
            ${judged && baseline?.[judged] ? html`<td class="faint">${figure(of(baseline[judged]))}</td>` : ''}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

type Score = readonly [name: string, of: (metrics: Metrics | null) => number | undefined];

function scoresOf({ train }: NonNullable<TrainerState['metrics']>, text: EmbedText): Score[] {
  const at = (key: string) => (metrics: Metrics | null) => (metrics as Record<string, unknown> | null)?.[key] as number;
  return train && 'rmse' in train
    ? [
        ['RMSE', at('rmse')],
        ['MAE', at('mae')],
        ['R²', at('r2')],
      ]
    : [
        [text.accuracy, at('accuracy')],
        [text.logLoss, at('log_loss')],
        ['F1', at('f1')],
      ];
}
