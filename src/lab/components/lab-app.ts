/**
 * The page: three regions, or one column with two sheets where it is narrow. Owns the trainer controller, hands its
 * state down as properties, and turns the events that come up into commands.
 */
import { msg, str } from '@lit/localize';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { historyCsv } from '../../train/history-csv.ts';
import { DataController } from '../data-controller.ts';
import { download } from '../download.ts';
import { count, figure } from '../format.ts';
import { keyCommand } from '../keys.ts';
import { LessonController } from '../lesson-controller.ts';
import type { LessonStep } from '../lessons.ts';
import { LinkController } from '../link-controller.ts';
import { outcomeInWords } from '../outcome-words.ts';
import { type PredictCommand, PredictController } from '../predict-controller.ts';
import { RunsController } from '../runs-controller.ts';
import { scoreAt, scoresOf } from '../scores.ts';
import type { SweepCommand, SweepController } from '../sweep-controller.ts';
import { type LabState, TrainerController } from '../trainer-controller.ts';
import { appStyles } from './lab-app.styles.ts';
import type { DataDialogOpen, FileOpen } from './lab-data.ts';
import type { SettingChange, SettingRestore } from './lab-field.ts';
import type { SampleOpen } from './lab-gallery.ts';
import type { SampleChange } from './lab-generator.ts';
import type { LessonStepChange } from './lab-lesson.ts';
import type { LessonStart } from './lab-lessons.ts';
import type { SettingsChange } from './lab-network.ts';
import type { TextOpen } from './lab-paste.ts';
import type { GroupSwitch } from './lab-settings.ts';
import type { LabShortcuts } from './lab-shortcuts.ts';
import type { LabSweep } from './lab-sweep.ts';
import type { LabViews, ViewLook } from './lab-views.ts';

/** What the page opens with where nothing else is asked for. */
const sample = { sample: 'curve' };

type Sheet = 'settings' | 'results';

export class LabApp extends LitElement {
  @query('lab-shortcuts') private shortcuts!: LabShortcuts;
  @query('lab-sweep') private sweepDialog!: LabSweep;
  @state() private log = false;
  /** The sheet that is open, where the page is narrow. */
  @state() private sheet: Sheet | undefined;
  @state() private narrow = false;
  @state() private announcement = '';

  private readonly trainer = new TrainerController(this, sample);
  private readonly tables = new DataController(this, this.trainer);
  /** There once the dialog of sweeps has been opened. */
  @state() private sweep: SweepController | undefined;
  private readonly predict = new PredictController(this, this.trainer);
  private readonly lessons = new LessonController(this, this.tables, (step) => this.#showStep(step));
  private readonly runs = new RunsController(this, this.trainer);
  private readonly link = new LinkController(this, this.trainer, sample);
  readonly #narrow = matchMedia('(max-width: 899px)');
  #said: LabState = 'loading';

  static override styles = appStyles;

  override connectedCallback(): void {
    super.connectedCallback();
    this.narrow = this.#narrow.matches;
    this.#narrow.addEventListener('change', this.#resized);
    document.addEventListener('keydown', this.#key);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#narrow.removeEventListener('change', this.#resized);
    document.removeEventListener('keydown', this.#key);
  }

  override render(): TemplateResult {
    const { trainer, tables } = this;
    return html`
      <div
        class="page"
        data-state=${trainer.state}
        data-epoch=${trainer.history.last?.number ?? 0}
        @setting-change=${({ detail }: SettingChange) => trainer.change(detail.path, detail.value)}
        @settings-change=${({ detail }: SettingsChange) => trainer.changeAll(detail.changes)}
        @setting-restore=${({ detail }: SettingRestore) => trainer.restore(detail.path)}
        @group-switch=${({ detail }: GroupSwitch) => trainer.switchGroup(detail.path, detail.on)}
        @file-open=${({ detail }: FileOpen) => tables.openFile(detail.file)}
        @sample-open=${({ detail }: SampleOpen) => tables.openSample(detail.name)}
        @sample-change=${({ detail }: SampleChange) => tables.regenerate(detail)}
        @text-open=${({ detail }: TextOpen) => tables.openText(detail.text)}
        @reading-cancel=${() => tables.cancel()}
        @data-dialog=${({ detail }: DataDialogOpen) => tables.show(detail.dialog)}
        @dialog-close=${() => tables.show(undefined)}
        @run-toggle=${() => trainer.toggle()}
        @run-step=${() => trainer.step()}
        @run-reset=${() => trainer.reset()}
        @run-apply=${() => tables.apply()}
        @run-discard=${() => trainer.restore()}
        @log-toggle=${this.#toggleLog}
        @view-look=${({ detail }: ViewLook) => trainer.look(detail.views)}
        @lesson-start=${({ detail }: LessonStart) => this.lessons.start(detail.id)}
        @lesson-step=${({ detail }: LessonStepChange) => this.lessons.go(detail.step)}
        @lesson-close=${() => this.lessons.close()}
        @notice-action=${this.#mend}
        @download-model=${this.#downloadModel}
        @predict-command=${({ detail }: CustomEvent<PredictCommand>) => this.predict.obey(detail)}
        @sweep-open=${this.#openSweep}
        @download-report=${this.#downloadReport}
        @shortcuts-open=${() => this.shortcuts.open()}
        @download-history=${this.#downloadHistory}
      >
        ${this.#settings()} ${this.#centre()} ${this.#results()} ${this.narrow ? this.#bottomBar() : ''}
        <lab-data-dialogs
          .dialog=${tables.dialog}
          .thumbnails=${tables.thumbnails}
          .sample=${tables.sample?.name ?? ''}
          .preview=${tables.preview}
          .data=${trainer.data}
          .form=${trainer.form}
          .applied=${trainer.applied}
          .changes=${trainer.changes}
        ></lab-data-dialogs>
      </div>
      <p class="unseen" role="status" aria-live="polite">${this.announcement}</p>
      <lab-shortcuts></lab-shortcuts>
      <lab-sweep
        .view=${this.sweep?.view}
        .trial=${trainer.form.trial}
        @sweep-predict=${this.#predictSwept}
        @sweep-command=${({ detail }: CustomEvent<SweepCommand>) => this.sweep?.obey(detail)}
      ></lab-sweep>
      <lab-undo .name=${this.runs.deleted?.name ?? ''}></lab-undo>
      <div class="drop" ?hidden=${!tables.dropping}><p>${msg('Drop a CSV file to train on it')}</p></div>
    `;
  }

  /** Left: what will be trained. */
  #settings(): TemplateResult {
    const { form, data, presence, fileProblem, applied, changes } = this.trainer;
    return html`<section
      class="side left ${this.sheet === 'settings' ? 'open' : ''}"
      role=${this.sheet === 'settings' ? 'dialog' : 'complementary'}
      aria-modal=${this.sheet === 'settings' ? 'true' : nothing} aria-label=${msg('Settings')} tabindex="-1" ?inert=${this.#hides('settings')}>
      <div class="scroll">
        <lab-head></lab-head>
        <lab-lessons .current=${this.lessons.lesson?.id}></lab-lessons>
        <lab-data .data=${data} .form=${form} .applied=${applied} .changes=${changes} .reading=${this.tables.reading} .sample=${this.tables.sample} .kept=${this.tables.kept} .warnings=${this.tables.preview?.warnings ?? []} .problem=${fileProblem ?? ''}></lab-data>
        <lab-network
          .form=${form}
          .applied=${applied}
          .changes=${changes}
          .inputs=${data?.inputs ?? 1}
          .outputs=${data?.outputs ?? 1}
          .data=${data}
          .run=${this.trainer.run}
          .moment=${`${this.trainer.state} ${this.trainer.history.last?.number ?? 0}`}
          .ask=${this.#network}
        ></lab-network>
        <lab-settings
          .form=${form}
          .applied=${applied}
          .changes=${changes}
          .refusals=${this.trainer.refusals}
        ></lab-settings>
        <lab-engine
          .choice=${form.engine}
          .presence=${presence}
          .problem=${form.problems.get('engine') ?? ''}
          ?changed=${changes.has('engine')}
        ></lab-engine>
      </div>
      <lab-help .form=${form} .applied=${applied} .changes=${changes} .refusals=${this.trainer.refusals}></lab-help>
      <lab-changes .changes=${changes.size} .problems=${form.problems.size}></lab-changes>
    </section>`;
  }

  /** Centre: what is happening. */
  #centre(): TemplateResult {
    const { state, restarts, history, latest, run, data, predictions } = this.trainer;
    const training = run?.trial.training;
    const [first] = scoresOf((run?.data ?? data)?.task ?? 'regression');
    const score = scoreAt(history.last?.validation, first);
    const epoch = count(history.last?.number ?? 0);
    const standing =
      score === undefined
        ? msg(str`after epoch ${epoch}`)
        : msg(str`after epoch ${epoch}, validation ${first.label} ${figure(score)}`);
    return html`<main ?inert=${this.sheet !== undefined}>
      ${this.narrow ? html`<h1 class="unseen">Perceptron Lab</h1>` : nothing}
      <lab-toolbar
        .state=${state}
        ?restarts=${restarts}
        ?blocked=${this.trainer.blocked}
        ?held=${this.sweep?.holds ?? false}
        .epoch=${history.last?.number ?? 0}
        .epochs=${training?.epochs ?? this.trainer.form.trial.training?.epochs ?? 0}
        .score=${scoreAt(latest?.metrics?.validation, first) ?? score}
        .scoreName=${first.label}
        .seconds=${latest?.seconds ?? 0}
        .speed=${latest?.steps_per_second ?? null}
      ></lab-toolbar>
      <lab-lesson .lesson=${this.lessons.lesson} .step=${this.lessons.step}></lab-lesson>
      <div class="charts">
        <lab-linked
          .missing=${this.trainer.linked?.missing ?? ''}
          .problems=${this.trainer.linked?.problems ?? []}
        ></lab-linked>
        <lab-notice .words=${this.narrow ? this.#wrong() : ''} .action=${this.#wayOn()}></lab-notice>
        <lab-views
          .data=${run?.data ?? data}
          .predictions=${predictions}
          .views=${this.trainer.views}
          .overlays=${this.runs.overlays}
          .asker=${this.trainer.asker}
          .run=${run?.id ?? 0}
          .epoch=${history.last?.number ?? 0}
          .latest=${latest}
          .marked=${this.predict.marked}
          .standing=${standing}
        ></lab-views>
        <lab-losses
          .history=${history}
          .latest=${latest}
          ?log=${this.log}
          .changes=${history.changes}
          .overlays=${this.runs.overlays}
          .loss=${training?.loss ?? 'mse'}
          ?scaled=${(run?.data ?? data)?.task === 'regression' && (run?.data ?? data)?.settings.scaling !== 'none'}
          .epochs=${training?.epochs ?? 1}
        ></lab-losses>
      </div>
    </main>`;
  }

  /** Right: what came of it. */
  #results(): TemplateResult {
    const { state, run, history, latest, failure } = this.trainer;
    return html`<section
      class="side right ${this.sheet === 'results' ? 'open' : ''}"
      role=${this.sheet === 'results' ? 'dialog' : 'complementary'}
      aria-modal=${this.sheet === 'results' ? 'true' : nothing} aria-label=${msg('Results')} tabindex="-1" ?inert=${this.#hides('results')}>
      <div class="scroll">
        <lab-results
          .state=${state}
          .run=${run}
          .history=${history}
          .latest=${latest}
          .failure=${failure}
          .recovered=${this.trainer.recovered}
          .action=${this.#wayOn()}
        ></lab-results>
        <lab-sweep-opener .view=${this.sweep?.view} ?ready=${!!run}></lab-sweep-opener>
        <lab-predict .view=${this.predict.view}></lab-predict>
        <lab-runs
          .runs=${this.runs.runs}
          .names=${this.runs.names}
          .groupNames=${this.runs.groupNames}
          .open=${this.runs.open}
          .slotOf=${this.runs.slotOf}
          ?room=${this.runs.canOverlay}
          .keeping=${this.runs.keeping}
        ></lab-runs>
      </div>
    </section>`;
  }

  #bottomBar(): TemplateResult {
    const toggle = (sheet: Sheet) => () => {
      this.sheet = this.sheet === sheet ? undefined : sheet;
    };
    const changes = this.trainer.changes.size;
    const button = (sheet: Sheet, words: string) => html`<button
      type="button"
      data-sheet=${sheet}
      aria-expanded=${this.sheet === sheet ? 'true' : 'false'}
      @click=${toggle(sheet)}
    >
      ${words}
    </button>`;
    return html`
      <div class="scrim" ?hidden=${!this.sheet} @click=${() => this.#closeSheet()}></div>
      <nav aria-label=${msg('Panels')}>
        ${button('settings', changes > 0 ? msg(str`Settings (${changes})`) : msg('Settings'))}
        <lab-train-button .state=${this.trainer.state} ?restarts=${this.trainer.restarts} ?blocked=${this.trainer.blocked} ?held=${this.sweep?.holds ?? false}></lab-train-button>
        ${button('results', msg('Results'))}
      </nav>
    `;
  }

  /** A sheet that is closed takes no part in tabbing and is not read out. */
  #hides(sheet: Sheet): boolean {
    return this.narrow && this.sheet !== sheet;
  }

  /** Focus goes into a sheet that opens, and back to its button when it closes. */
  override updated(changed: PropertyValues): void {
    if (!changed.has('sheet') || !this.narrow) return;
    const before = changed.get('sheet') as Sheet | undefined;
    const next = this.sheet ? '.side.open' : before && `nav [data-sheet=${before}]`;
    if (next) this.renderRoot.querySelector<HTMLElement>(next)?.focus();
  }

  /** Says changes of state once, politely; never single epochs. */
  override willUpdate(_: PropertyValues): void {
    const { state, history, failure } = this.trainer;
    if (state === this.#said) return;
    this.#said = state;
    const epoch = history.last?.number ?? 0;
    this.announcement = {
      loading: '',
      ready: msg('Ready at epoch 0.'),
      running: msg('Training.'),
      paused: msg(str`Paused after epoch ${epoch}.`),
      done: this.#ended(),
      diverged: this.#ended(),
      failed: failure ?? '',
    }[state];
  }

  readonly #network = () => this.trainer.network();

  #wrong(): string {
    const { state, failure } = this.trainer;
    if (state === 'failed') return failure ?? msg('The run failed.');
    return state === 'diverged' ? this.#ended() : '';
  }

  #ended(): string {
    const { run, latest, history } = this.trainer;
    return run && latest?.outcome ? outcomeInWords(latest.outcome, run, history) : '';
  }

  #wayOn(): string {
    const { state } = this.trainer;
    if (state === 'failed') return msg('Reset');
    return state === 'diverged' ? msg(str`Train with ${this.#smallerRate()}`) : '';
  }

  #smallerRate(): number {
    return Number(((this.trainer.run?.trial.training.optimizer.learning_rate ?? 1) / 10).toPrecision(2));
  }

  #mend(): void {
    if (this.trainer.state === 'failed') void this.trainer.reset();
    else {
      this.trainer.change('trial.training.optimizer.learning_rate', this.#smallerRate());
      void this.trainer.apply();
    }
  }

  /** What a step of a lesson is about is in the centre. */
  #showStep({ log = false, view }: LessonStep): void {
    this.log = log;
    this.renderRoot.querySelector<LabViews>('lab-views')?.show(view);
    this.#closeSheet();
  }

  #toggleLog(): void {
    this.log = !this.log;
  }

  async #downloadModel(): Promise<void> {
    const bytes = await this.trainer.model();
    if (bytes) download('model.safetensors', new Blob([bytes as Uint8Array<ArrayBuffer>]));
  }

  #downloadHistory(): void {
    const text = [...historyCsv(this.trainer.history.records, this.trainer.run?.data.task ?? 'regression')];
    download('history.csv', new Blob(text, { type: 'text/csv' }));
  }

  /** Loaded when it is first opened. */
  async #openSweep(): Promise<void> {
    const { defineSweepElements, SweepController } = await import('../sweep-elements.ts');
    defineSweepElements();
    this.sweep ??= new SweepController(this, this.trainer);
    this.sweep.open();
    await this.updateComplete;
    await this.sweepDialog.open();
  }

  async #downloadReport(): Promise<void> {
    const page = await this.trainer.guard((lab) => lab.reportPage(this.link.address));
    if (page) download('report.html', new Blob([page], { type: 'text/html' }));
  }

  /** The dialog has closed: the form that predicts with the sweep's model comes into view. */
  async #predictSwept({ detail }: CustomEvent<{ cell: number; name: string }>): Promise<void> {
    await this.predict.openSweep(detail.cell, detail.name);
    await this.updateComplete;
    this.renderRoot.querySelector('lab-predict')?.scrollIntoView({ block: 'nearest' });
  }

  #closeSheet(): void {
    this.sheet = undefined;
  }

  readonly #resized = (): void => {
    this.narrow = this.#narrow.matches;
    this.sheet = undefined;
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.sheet) {
      this.#closeSheet();
      return;
    }
    const command = keyCommand(event);
    if (!command) return;
    event.preventDefault();
    if (command === 'toggle') this.trainer.toggle();
    else if (command === 'step') this.trainer.step();
    else if (command === 'reset') void this.trainer.reset();
    else if (command === 'shortcuts') this.shortcuts.open();
    else this.#toggleLog();
  };
}
