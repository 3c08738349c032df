/** The view that fits the data, drawn anew with every update of the run. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { fileRow } from '../../data/table/table.ts';
import { drawCurve, drawPairs } from '../charts/fit-drawing.ts';
import { drawFrame } from '../charts/frame.ts';
import type { LabConfusion } from '../charts/lab-confusion.ts';
import type { Drawn, LabPlot } from '../charts/lab-plot.ts';
import type { Overlay } from '../charts/overlays.ts';
import type { Surface } from '../charts/pen.ts';
import { text } from '../i18n/text.ts';
import type { ClassesPicture, TableView } from '../protocol/messages.ts';
import type { ProbeRow } from '../protocol/predict.ts';
import { type Cell, count, figure } from '../shared/format.ts';
import { type EventOf, emit } from '../ui/emit.ts';
import { base } from '../ui/styles/shared.ts';
import { keyBelow, viewStyles } from '../ui/styles/view.ts';

export class LabFit extends LitElement {
  @property({ attribute: false }) data: TableView | undefined;
  @property({ attribute: false }) predictions: Float64Array | null = null;
  /** Runs behind the current one. */
  @property({ attribute: false }) overlays: readonly Overlay[] = [];
  /** Where things stand, for the summary in words: "after epoch 12, validation RMSE 0.2". */
  @property() standing = '';

  /** The row that is asked about. */
  @property({ attribute: false }) probe: ProbeRow | undefined;
  /** The row that is marked, by its place in the table. */
  @property({ attribute: false }) selected: number | undefined;

  @query('lab-plot, lab-confusion') private plot!: LabPlot | LabConfusion;

  static override styles = [
    base,
    viewStyles,
    keyBelow,
    css`
      .held {
        color: var(--ink-light);
      }
    `,
  ];

  override render(): TemplateResult {
    return html`
      <header>
        <div class="key number">${this.data ? this.#key(this.data) : ''}</div>
        <lab-table
          .caption=${this.#title()}
          .head=${this.#tableHead()}
          .rows=${() => this.#tableRows()}
          plot=${this.data?.picture.kind === 'classes' ? 'confusion' : 'fit'}
          .still=${() => this.plot.still()}
        ></lab-table>
      </header>
      <div class="box">${this.#picture()}</div>
    `;
  }

  #draw(surface: Surface): Drawn {
    if (!this.data || this.data.picture.kind === 'classes') {
      return { frame: drawFrame(surface, { x: [0, 1], y: [0, 1], xTitle: '', yTitle: '', bare: true }) };
    }
    const { picture } = this.data;
    const { featureLabels, targetLabel, numbering } = this.data;
    const names = { feature: featureLabels[0], target: targetLabel, numbering };
    if (picture.kind === 'pairs') return drawPairs(surface, picture, this.predictions, names);
    return drawCurve(surface, picture, this.predictions, names, this.overlays, this.probe);
  }

  #picture(): TemplateResult {
    const picture = this.data?.picture;
    if (picture?.kind !== 'classes') {
      return html`<lab-plot
        .label=${this.#summary()}
        .of=${[this.data, this.predictions, this.overlays, this.probe]}
        .draw=${(surface: Surface) => this.#draw(surface)}
        zooms=${this.data ? `${this.data.name} ${this.data.targetLabel} ${this.data.featureLabels[0]}` : ''}
        .selected=${this.selected}
        picks
        @plot-pick=${this.#pick}
      ></lab-plot>`;
    }
    return html`<lab-confusion
      .classes=${picture.classes}
      .counts=${confusionOf(picture, this.predictions)}
      .selected=${this.#selectedCell(picture)}
      picks
      @cell-pick=${({ detail }: EventOf<'cell-pick'>) => this.#pickCell(picture, detail)}
      .summary=${this.#summary()}
    ></lab-confusion>`;
  }

  /** A row: what the plot says of it is its name. */
  #pick({ detail: { reading } }: EventOf<'plot-pick'>): void {
    if (reading.behind)
      emit(this, 'rows-choose', { what: reading.lines.join(', '), places: reading.behind(), more: [] });
  }

  #pickCell({ classes, actual, rows }: ClassesPicture, cell: EventOf<'cell-pick'>['detail']): void {
    const { predictions } = this;
    const places = Array.from(rows).filter(
      (_, row) => actual[row] === cell.actual && predictions?.[row] === cell.predicted,
    );
    const what = text.views.takenFor({ actual: classes[cell.actual], predicted: classes[cell.predicted] });
    emit(this, 'rows-choose', { what, places, more: [] });
  }

  #selectedCell({ actual, rows }: ClassesPicture): LabConfusion['selected'] {
    const { selected, predictions } = this;
    const row = selected === undefined ? -1 : rows.indexOf(selected);
    return row < 0 || !predictions ? undefined : { actual: actual[row], predicted: predictions[row] };
  }

  #title(): string {
    const kind = this.data?.picture.kind;
    if (kind === 'classes') return text.views.tabs.confusion;
    return kind === 'pairs' ? text.views.tabs.pairs : text.views.tabs.fit;
  }

  #key({ picture, sets }: TableView): TemplateResult {
    const held = sets.test > 0 ? html`<span class="held">${text.views.testRowsHeldBack(count(sets.test))}</span>` : '';
    if (picture.kind !== 'curve') {
      return html`<span class="mark ${picture.set}">${picture.set === 'train' ? text.common.trainingRows : text.common.validationRows}</span>${held}`;
    }
    const validation = sets.validation > 0 ? html`<span class="mark validation">${text.common.validation}</span>` : '';
    return html`<span class="mark">${text.common.training}</span>${validation}${held}`;
  }

  #summary(): string {
    if (!this.data) return text.views.noDataYet;
    const { picture, targetLabel: target, featureLabels: features } = this.data;
    if (picture.kind === 'classes') {
      const rows = picture.set === 'train' ? text.common.trainingRows : text.common.validationRows;
      return text.views.confusionSummary({ rows, target, standing: this.standing });
    }
    if (picture.kind === 'pairs') {
      const rows = picture.set === 'train' ? text.common.trainingRows : text.common.validationRows;
      return text.views.pairsSummary({ target, rows, standing: this.standing });
    }
    const { predictions } = this;
    const curve = predictions
      ? text.views.curveFromTo({ left: figure(predictions[0]), right: figure(predictions.at(-1)) })
      : '';
    const fit = text.views.fitSummary({ target, features: features[0], standing: this.standing });
    return `${fit} ${curve}`.trim();
  }

  #tableHead(): string[] {
    if (!this.data) return [];
    const { picture, targetLabel: target, featureLabels: features } = this.data;
    if (picture.kind === 'classes') return [text.views.actual(target), ...picture.classes];
    return picture.kind === 'curve'
      ? [features[0], text.views.modelOf(target)]
      : [text.views.rowNumber, text.views.actual(target), text.views.predicted(target)];
  }

  #tableRows(): Cell[][] {
    if (!this.data) return [];
    const { picture, numbering } = this.data;
    if (picture.kind === 'classes') {
      const counts = confusionOf(picture, this.predictions);
      return counts.map((row, actual) => [picture.classes[actual], ...row]);
    }
    if (picture.kind === 'curve') return Array.from(picture.grid, (value, index) => [value, this.predictions?.[index]]);
    const { actual, rows } = picture;
    return Array.from(actual, (value, index) => [fileRow(numbering, rows[index]), value, this.predictions?.[index]]);
  }
}

/** [actual][predicted] rows; zeros before there are predictions. */
function confusionOf({ classes, actual }: ClassesPicture, predictions: Float64Array | null): number[][] {
  const counts = classes.map(() => classes.map(() => 0));
  if (predictions?.length !== actual.length) return counts;
  actual.forEach((own, row) => {
    counts[own][predictions[row]] += 1;
  });
  return counts;
}
