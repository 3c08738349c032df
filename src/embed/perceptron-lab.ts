/**
 * `<perceptron-lab>`: training within a page of somebody else's. It draws what a `Trainer` says: buttons, losses, scores, a
 * form that predicts. Attributes say what is trained, events what comes of it, custom properties how it looks.
 */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { EngineChoice } from '../engine/request.ts';
import type { EmbedEvents, EmbedSettings, PanelName, PerceptronLabElement } from './api.ts';
import { lossChart } from './loss-chart.ts';
import { embedStyles } from './perceptron-lab.styles.ts';
import { predictForm } from './predict-form.ts';
import { scoreTable } from './score-table.ts';
import { textIn } from './texts.ts';
import { createTrainer, type Trainer, type TrainerOptions, type TrainerState, type TrainingData } from './trainer.ts';

const panelNames: readonly PanelName[] = ['controls', 'losses', 'scores', 'predict'];

export class PerceptronLab extends LitElement implements PerceptronLabElement {
  @property() src = '';
  @property() target = '';
  @property() settings: EmbedSettings | string | undefined;
  @property() panels = panelNames.join(' ');
  @property() engine: EngineChoice = 'auto';
  @property({ type: Boolean }) autostart = false;
  /** In place of `src`: a table, rows, or what `readCsv` reads. */
  @property({ attribute: false }) data: TrainingData | undefined;

  @state() private known: TrainerState | undefined;
  @state() private answer = '';
  /** CSS pixels that the picture has. */
  @state() private width = 480;
  #trainer: Trainer | undefined;
  #told = 0;
  readonly #sized = new ResizeObserver(([{ contentRect }]) => {
    this.width = Math.max(240, Math.round(contentRect.width));
  });

  static override styles = embedStyles;

  /** What trains; undefined before there is anything to train on. */
  get trainer(): Trainer | undefined {
    return this.#trainer;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sized.disconnect();
    this.#end();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sized.observe(this);
    if (this.hasUpdated) this.reset();
  }

  override willUpdate(changed: PropertyValues): void {
    const renewed = ['src', 'data', 'target', 'settings', 'engine'].some((name) => changed.has(name));
    // Who is attached again begins anew in any case.
    if (renewed && this.isConnected) this.reset();
  }

  /** Forgets what was trained, and begins anew where `autostart` is set. */
  reset(): void {
    this.#end();
    const { target, src } = this;
    const data = this.data ?? (src ? () => fetched(new URL(src, this.baseURI)) : undefined);
    if (data === undefined || !target) return;
    let given: EmbedSettings;
    try {
      given = typeof this.settings === 'string' ? JSON.parse(this.settings || '{}') : (this.settings ?? {});
    } catch (cause) {
      const error = new Error(`settings: is not JSON (${(cause as SyntaxError).message})`, { cause });
      this.#hear({ status: 'failed', epochs: [], notices: [], error });
      return;
    }
    const { data: dataSettings, ...settings } = given;
    const options: TrainerOptions = { ...dataSettings, data, target, settings, engine: { kind: this.engine } };
    this.#trainer = createTrainer(options);
    this.#trainer.subscribe((state) => this.#hear(state));
    if (this.autostart) void this.start();
  }

  /** Trains, or goes on after a pause; resolves when the training has ended. */
  async start(): Promise<void> {
    await this.updateComplete;
    if (this.known?.status === 'done' || this.known?.status === 'failed') this.reset();
    await this.#trainer?.start();
  }

  pause(): void {
    this.#trainer?.pause();
  }

  stop(): void {
    this.#trainer?.stop();
  }

  #end(): void {
    void this.#trainer?.destroy();
    this.#trainer = undefined;
    this.known = undefined;
    this.answer = '';
    this.#told = 0;
  }

  #hear(state: TrainerState): void {
    const before = this.known?.status;
    this.known = state;
    const last = state.epochs.at(-1);
    if (last && last.number !== this.#told) {
      this.#told = last.number;
      this.#tell('epoch', last);
    }
    if (state.status === before) return;
    if (state.status === 'done') void this.#tellResult(state);
    else if (state.status === 'failed' && state.error) this.#tell('failure', { error: state.error });
  }

  async #tellResult({ outcome, metrics }: TrainerState): Promise<void> {
    const trainer = this.#trainer;
    // One that was ended meanwhile has no model any more, and nobody who waits for it.
    const model = await trainer?.model().catch((error: unknown) => {
      if (this.#trainer === trainer) throw error;
    });
    if (outcome && metrics && model) this.#tell('result', { outcome, metrics, model });
  }

  #tell<Name extends keyof EmbedEvents>(name: Name, detail: EmbedEvents[Name]['detail']): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  override render(): TemplateResult {
    const shown = this.panels.split(/[\s,]+/).filter((name) => panelNames.includes(name as PanelName));
    return html`${shown.map((name) => this.#panel(name as PanelName))}
      ${this.known?.error ? html`<p part="failure" role="alert">${this.known.error.message}</p>` : nothing}`;
  }

  #panel(name: PanelName): TemplateResult | typeof nothing {
    const { known } = this;
    const text = textIn(this);
    if (name === 'controls') return this.#controls();
    if (!known) return nothing;
    if (name === 'losses') return lossChart(known, text, this.width);
    if (name === 'scores') return known.metrics ? scoreTable(known.metrics, known.baseline, text) : nothing;
    if (!known.data || known.epochs.length === 0) return nothing;
    return predictForm(
      known.data,
      text,
      this.answer,
      (answer) => {
        this.answer = answer;
      },
      () => this.#trainer?.model(),
    );
  }

  #controls(): TemplateResult {
    const text = textIn(this);
    const { status = 'idle', epochs = [], limit } = this.known ?? {};
    const busy = status === 'training' || status === 'preparing';
    const label = busy ? text.pause : status === 'paused' ? text.resume : status === 'idle' ? text.train : text.again;
    const act = () => (busy ? this.pause() : void this.start());
    const done = epochs.at(-1)?.number ?? 0;
    return html`<div part="controls" class="controls">
      <button part="button" type="button" ?disabled=${!this.#trainer || status === 'preparing'} @click=${act}>${label}</button>
      ${
        status === 'training' || status === 'paused'
          ? html`<button part="button" class="plain" type="button" @click=${() => this.stop()}>${text.stop}</button>`
          : nothing
      }
      <span class="epoch">${text.epoch} ${done}${limit ? html`<span class="faint"> / ${limit}</span>` : nothing}</span>
      <span class="unseen" role="status">${text.states[status]}</span>
    </div>`;
  }
}

/** The bytes behind a URL. @throws Error naming it where there are none */
async function* fetched(url: URL): AsyncIterable<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok || !response.body) throw new Error(`${url.href}: ${response.status} ${response.statusText}`);
  const reader = response.body.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } finally {
    // Ends a download that nobody reads any more; one that broke has told its reader.
    void reader.cancel().catch(() => {});
  }
}

/** Defines the element under a name; each name has a class of its own. Safe to call twice. */
export function definePerceptronLab(name = 'perceptron-lab'): void {
  if (!customElements.get(name)) customElements.define(name, class extends PerceptronLab {});
}
