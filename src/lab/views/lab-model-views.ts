/** What a model that is no run leans on, and how: importance and dependence, worked out when somebody opens them. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { RowNumbering } from '../../data/table/table.ts';
import { modelViewsText } from '../i18n/en/later/model-views.ts';
import type { QueryClient } from '../trainer/query.ts';
import type { EventOf } from '../ui/emit.ts';
import { Loader } from '../ui/loader.ts';
import { base } from '../ui/styles/shared.ts';

export class LabModelViews extends LitElement {
  @property({ attribute: false }) asker!: QueryClient;
  @property() target = '';
  /** Of the table whose rows it is asked about. */
  @property() table = '';
  /** How its rows are numbered in the file. */
  @property({ attribute: false }) numbering: RowNumbering | undefined;
  /** Whether the target is classes. */
  @property({ type: Boolean }) classes = false;

  @state() private open = false;
  /** Whether the views are loaded. */
  @state() private loaded = false;
  /** The model's columns, most important first; empty until that is known. */
  @state() private columns: readonly string[] = [];
  readonly #loader = new Loader(this);

  static override styles = [
    base,
    css`
      summary {
        font: var(--label);
        line-height: 24px;
        color: var(--accent);
        cursor: pointer;
      }
      .views {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr));
        gap: 24px;
        margin-top: 4px;
      }
      .views > * {
        min-width: 0;
        height: 360px;
      }
    `,
  ];

  override render(): TemplateResult {
    return html`<details @toggle=${this.#toggled}>
      <summary>${modelViewsText().leansOn}</summary>
      ${this.#loader.line()} ${this.open && this.loaded ? this.#views() : nothing}
    </details>`;
  }

  #views(): TemplateResult {
    const { asker, target, columns, classes } = this;
    return html`<p class="small light">${modelViewsText().byKnownAnswers(this.table)}</p>
      <div class="views" @columns-rank=${this.#rank}>
        <lab-importance apart .asker=${asker} .target=${target}></lab-importance>
        ${
          columns.length > 0
            ? html`<lab-dependence
                apart
                .asker=${asker}
                .target=${target}
                .columns=${columns}
                .ranked=${columns}
                .numbering=${this.numbering}
                ?probabilities=${classes}
              ></lab-dependence>`
            : nothing
        }
      </div>`;
  }

  #rank({ detail }: EventOf<'columns-rank'>): void {
    this.columns = detail.columns;
  }

  async #toggled(event: Event): Promise<void> {
    this.open = (event.target as HTMLDetailsElement).open;
    if (!this.open || this.loaded) return;
    const part = await this.#loader.load(() => import('./elements.ts'));
    part?.defineViewElements();
    this.loaded = part !== undefined;
  }
}
