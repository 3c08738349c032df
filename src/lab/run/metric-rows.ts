/** Rows of a table of metrics whose names explain themselves: a name is a button that opens what is said of it, below its row. */
import { css, html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { Loader } from '../ui/loader.ts';

interface Named {
  key: string;
  label: string;
}

export const metricStyles = css`
  button.metric {
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    text-align: left;
    text-decoration: underline dotted;
    text-decoration-color: var(--border);
    text-underline-offset: 3px;
    cursor: help;
  }
  button.metric[aria-expanded='true'] {
    color: var(--ink);
  }
`;

export class MetricRows {
  #open = '';
  readonly #host: ReactiveControllerHost;
  readonly #loader: Loader;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    this.#loader = new Loader(host);
  }

  /** @param cells `td` elements, of which there are `columns` */
  row(named: Named, cells: unknown, columns: number, className = ''): TemplateResult {
    return html`<tr class=${className}>
        <th scope="row">${this.name(named)}</th>
        ${cells}
      </tr>
      ${this.help(named, (help) => html`<tr class="help"><td colspan=${columns + 1}>${help}</td></tr>`)}`;
  }

  name({ key, label }: Named): TemplateResult {
    return html`<button
      class="metric"
      type="button"
      aria-expanded=${this.#open === key ? 'true' : 'false'}
      aria-controls="help-${key}"
      @click=${() => this.#toggle(key)}
    >
      ${label}
    </button>`;
  }

  /** Nothing, unless it is open. */
  help({ key }: Named, place: (help: TemplateResult) => TemplateResult): TemplateResult | typeof nothing {
    if (this.#open !== key) return nothing;
    return place(html`<lab-metric-help id="help-${key}" .metric=${key}></lab-metric-help>${this.#loader.line()}`);
  }

  async #toggle(key: string): Promise<void> {
    this.#open = this.#open === key ? '' : key;
    this.#host.requestUpdate();
    const part = await this.#loader.load(() => import('./lab-metric-help.ts'));
    part?.defineMetricHelp();
  }
}
