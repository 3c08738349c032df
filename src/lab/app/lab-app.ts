/**
 * The page: three regions, or one column with two sheets where it is narrow. Owns the trainer controller, hands its
 * state down as properties, and turns the events that come up into commands.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { historyCsv } from '../../train/history-csv.ts';
import { DataController } from '../data/controller.ts';
import { applyFix } from '../data/notice-fix.ts';
import type { FitController } from '../fit/controller.ts';
import { type FitCommand, type FitView, isBusy, usualSeconds } from '../fit/view.ts';
import type { LabFounding } from '../founding/lab-founding.ts';
import { text } from '../i18n/text.ts';
import { lessonIn } from '../lessons/address.ts';
import { LessonController } from '../lessons/controller.ts';
import type { LessonStep } from '../lessons/read.ts';
import { PredictController } from '../predict/controller.ts';
import type { ViewName } from '../protocol/views.ts';
import { ReplayController } from '../run/replay.ts';
import type { LabRunTable } from '../run-table/lab-run-table.ts';
import { RunsController } from '../runs/controller.ts';
import { savePlot } from '../runs/run-file.ts';
import type { SweepController } from '../sweep/controller.ts';
import type { LabSweep } from '../sweep/lab-sweep.ts';
import { type LabState, TrainerController } from '../trainer/controller.ts';
import { stateInWords, takeRecoveryAction } from '../trainer/status-text.ts';
import { download } from '../ui/download.ts';
import type { EventOf } from '../ui/emit.ts';
import { LabElement } from '../ui/lab-element.ts';
import { Loader } from '../ui/loader.ts';
import { modalOpen } from '../ui/modal.ts';
import { effect, observed, unfollowed } from '../ui/observed.ts';
import { keyCommand } from './keys.ts';
import { bottomBar } from './lab-app.bar.ts';
import { addressProblems, centre, title } from './lab-app.centre.ts';
import { resultsSide } from './lab-app.results.ts';
import { settingsSide } from './lab-app.settings.ts';
import { appStyles } from './lab-app.styles.ts';
import type { LabShortcuts } from './lab-shortcuts.ts';
import { LinkController } from './link-controller.ts';
import { panelNames, panelsIn } from './panels.ts';
import { type Sheet, SheetController } from './sheets.ts';

/** What the page opens with where nothing else is asked for. */
const sample = { sample: 'curve' };

export class LabApp extends LabElement {
  @query('lab-shortcuts') private shortcuts!: LabShortcuts;
  @query('lab-sweep') private sweepDialog!: LabSweep;
  @query('lab-run-table') private runTable!: LabRunTable;
  @query('lab-founding') private founding!: LabFounding;
  @state() private log = false;
  @state() private announcement = '';

  private readonly trainer = new TrainerController(this, sample, lessonIn(location.search) !== undefined);
  private readonly tables = new DataController(this, this.trainer, (file) => this.lessons.take(file));
  /** There once the dialog of sweeps has been opened. */
  @observed() private sweep: SweepController | undefined;
  /** There once the best model has been asked for. */
  @observed() private fit: FitController | undefined;
  private readonly loader = new Loader(this);
  private readonly predict = new PredictController(this, this.trainer, this.loader);
  private readonly lessons: LessonController = new LessonController(
    this,
    this.trainer,
    this.tables,
    this.loader,
    (step) => this.#showStep(step),
  );
  private readonly runs = new RunsController(this, this.trainer);
  private readonly link = new LinkController(this, this.trainer, sample);
  private readonly replay = new ReplayController(this, this.trainer);
  private readonly sheets = new SheetController(this);
  #said: LabState = 'loading';
  #ends: (() => void)[] = [];
  readonly #panels = panelsIn(location.search);
  readonly #right = () => this.renderRoot.querySelector<HTMLElement>('.right');

  static override styles = appStyles;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.#key);
    this.addEventListener('fit-open', this.#openFit);
    this.#ends = [effect(() => this.#hold()), effect(() => this.#announce())];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#key);
    this.removeEventListener('fit-open', this.#openFit);
    for (const end of this.#ends) end();
  }

  override render(): TemplateResult {
    const { trainer, replay, tables, lessons, runs, predict, sheets, sweep } = this;
    const fit = this.fit?.view;
    const { shown } = this.#panels;
    const sweeps = sweep?.holds ?? false;
    return html`
      ${shown.has('centre') ? html`<button class="skip" type="button" @click=${this.#skip}>${text.app.skipToTraining}</button>` : nothing}
      <div
        class="page ${shown.has('centre') ? '' : 'sides'}"
        data-state=${trainer.state}
        data-run=${trainer.run?.id ?? nothing}
        data-epoch=${trainer.history.last?.number ?? 0}
        @setting-change=${({ detail }: EventOf<'setting-change'>) => trainer.controls.change(detail.path, detail.value)}
        @settings-change=${({ detail }: EventOf<'settings-change'>) => trainer.controls.changeAll(detail.changes)}
        @setting-restore=${({ detail }: EventOf<'setting-restore'>) => trainer.controls.restore(detail.path)}
        @group-switch=${({ detail }: EventOf<'group-switch'>) => trainer.controls.switchGroup(detail.path, detail.on)}
        @file-open=${({ detail }: EventOf<'file-open'>) => tables.openFile(detail.file)}
        @file-ask=${() => this.renderRoot.querySelector('lab-data')?.pick()}
        @sample-open=${({ detail }: EventOf<'sample-open'>) => this.#openSample(detail.name)}
        @sample-change=${({ detail }: EventOf<'sample-change'>) => tables.regenerate(detail)}
        @read-again=${({ detail }: EventOf<'read-again'>) => tables.readAgain(detail.reading)}
        @text-open=${({ detail }: EventOf<'text-open'>) => tables.openText(detail.text)}
        @reading-cancel=${() => tables.cancel()}
        @data-dialog=${({ detail }: EventOf<'data-dialog'>) => tables.show(detail.dialog)}
        @dialog-close=${() => tables.show(undefined)}
        @run-toggle=${() => trainer.toggle()}
        @run-step=${() => trainer.step()}
        @run-reset=${() => trainer.reset()}
        @run-apply=${() => tables.apply()}
        @run-discard=${() => trainer.controls.restore()}
        @run-undo=${() => trainer.atOnce.undo()}
        @at-once-switch=${({ detail }: EventOf<'at-once-switch'>) => trainer.atOnce.switch(detail.on)}
        @log-toggle=${this.#toggleLog}
        @view-look=${({ detail }: EventOf<'view-look'>) => this.#look(detail.views)}
        @replay-toggle=${() => this.replay.toggle()}
        @replay-seek=${({ detail }: EventOf<'replay-seek'>) => this.replay.seek(detail.place)}
        @pace-change=${({ detail }: EventOf<'pace-change'>) => this.replay.setPace(detail.pace)}
        @lesson-start=${({ detail }: EventOf<'lesson-start'>) => this.lessons.start(detail.name)}
        @lesson-step=${({ detail }: EventOf<'lesson-step'>) => this.lessons.go(detail.step)}
        @lesson-close=${() => this.lessons.close()}
        @notice-action=${() => takeRecoveryAction(trainer)}
        @notice-fix=${this.#takeFix}
        @download-model=${this.#downloadModel}
        @predict-command=${({ detail }: EventOf<'predict-command'>) => this.predict.dispatch(detail)}
        @row-predict=${this.#predictRow}
        @fit-command=${({ detail }: EventOf<'fit-command'>) => this.#dispatchFit(detail)}
        @founding-open=${this.#openFounding}
        @sweep-open=${this.#openSweep}
        @runs-compare=${this.#openRunTable}
        @download-report=${this.#downloadReport}
        @plot-save=${this.#savePlot}
        @shortcuts-open=${() => this.shortcuts.open()}
        @download-history=${this.#downloadHistory}
      >
        ${shown.has('settings') ? this.#side('settings', 'left', text.app.settings, settingsSide({ trainer, tables, lessons })) : nothing}
        ${shown.has('centre') ? centre({ trainer, replay, tables, lessons, runs, predict, sheets, fit, fitAsker: this.fit?.asker, sweeps, log: this.log, panels: this.#panels }) : nothing}
        ${shown.has('results') ? this.#side('results', 'right', text.common.results, resultsSide({ trainer, predict, runs, sweep: sweep?.view, hidden: fit?.shown ?? false })) : nothing}
        ${sheets.narrow && shown.has('centre') ? bottomBar(trainer, sheets, sweeps || isBusy(fit), shown) : nothing}
        <lab-data-dialogs
          .dialog=${tables.dialog}
          .thumbnails=${tables.thumbnails}
          .sample=${tables.sample?.name ?? ''}
          .readable=${tables.readable}
          .preview=${tables.preview}
          .data=${trainer.data}
          .form=${trainer.controls.form}
          .applied=${trainer.applied}
          .changes=${trainer.controls.changes}
        ></lab-data-dialogs>
      </div>
      <p class="unseen" role="status" aria-live="polite">${this.announcement}</p>
      <lab-shortcuts></lab-shortcuts>
      <lab-sweep
        .view=${this.sweep?.view}
        .trial=${trainer.controls.form.trial}
        .notices=${trainer.data?.notices ?? []}
        .form=${trainer.controls.form}
        @notice-fix=${this.#takeFix}
        @plot-save=${this.#savePlot}
        @sweep-predict=${this.#predictSwept}
        @sweep-command=${({ detail }: EventOf<'sweep-command'>) => this.sweep?.dispatch(detail)}
      ></lab-sweep>
      <lab-run-table
        .runs=${runs.runs}
        .trials=${runs.trials}
        .names=${runs.names}
        .groupNames=${runs.groupNames}
        .current=${runs.open?.id ?? ''}
        .stored=${runs}
        @run-base=${this.#sweepFrom}
        @plot-save=${this.#savePlot}
      ></lab-run-table>
      <lab-founding></lab-founding>
      <lab-undo
        .name=${this.runs.deleted?.name ?? ''}
        .back=${this.#right}
      ></lab-undo>
      ${this.loader.line(true)}
      <div class="drop" ?hidden=${!tables.dropping}><p>${text.app.dropFile}</p></div>
    `;
  }

  /** A side of the page, which is a dialog where it is a sheet that is open. */
  #side(sheet: Sheet, place: 'left' | 'right', name: string, contents: TemplateResult): TemplateResult {
    const open = this.sheets.open === sheet;
    const { shown } = this.#panels;
    // Every page has one main part.
    const main = !shown.has('centre') && panelNames.find((panel) => shown.has(panel)) === sheet;
    return html`<section
      class="side ${place} ${open ? 'open' : ''}"
      role=${open ? 'dialog' : main ? 'main' : 'complementary'}
      aria-modal=${open ? 'true' : nothing}
      aria-label=${name}
      tabindex="-1"
      ?inert=${shown.has('centre') && this.sheets.hides(sheet)}
    >
      ${main && sheet === 'results' ? title() : nothing}
      ${main ? addressProblems(this.trainer, this.lessons) : nothing}
      ${contents}
    </section>`;
  }

  /** What is changed in a dialog, or while something else trains, waits. */
  #hold(): void {
    const { trainer, tables, sweep, fit } = this;
    const held = tables.dialog !== undefined || (sweep?.holds ?? false) || isBusy(fit?.view);
    unfollowed(() => {
      trainer.atOnce.held = held;
    });
  }

  /** Says changes of state once, politely; never single epochs. */
  #announce(): void {
    const { trainer } = this;
    if (trainer.state === this.#said) return;
    this.#said = trainer.state;
    this.announcement = stateInWords(trainer);
  }

  /** To the train button; to the centre where that cannot be pressed. */
  #skip(): void {
    const { renderRoot, sheets } = this;
    renderRoot.querySelector('main')?.focus();
    renderRoot.querySelector<HTMLElement>(sheets.narrow ? 'nav lab-train-button' : 'lab-toolbar')?.focus();
  }

  /** What a step of a lesson is about is in the centre. */
  #showStep({ log = false, view }: LessonStep): void {
    this.log = log;
    this.renderRoot.querySelector('lab-views')?.show(view);
    this.sheets.close();
  }

  #look(views: ViewName[]): void {
    this.trainer.worker.look(views);
    this.replay.looked();
  }

  /** A sample is there to be looked at: by the view that suits it best. */
  async #openSample(name: string): Promise<void> {
    this.sheets.close();
    if (await this.tables.openSample(name)) this.renderRoot.querySelector('lab-views')?.show();
  }

  #toggleLog(): void {
    this.log = !this.log;
  }

  #takeFix({ detail: { fix } }: EventOf<'notice-fix'>): void {
    if ('command' in fix) void this.#dispatchFit({ do: 'start', seconds: usualSeconds });
    else applyFix(this.trainer.controls, fix);
  }

  async #downloadModel(): Promise<void> {
    const bytes = await this.trainer.model();
    if (bytes) download('model.safetensors', new Blob([bytes as Uint8Array<ArrayBuffer>]));
  }

  #downloadHistory(): void {
    const text = [...historyCsv(this.trainer.history.records, this.trainer.run?.data.task ?? 'regression')];
    download('history.csv', new Blob(text, { type: 'text/csv' }));
  }

  #savePlot(event: EventOf<'plot-save'>): void {
    const { run, data } = this.trainer;
    savePlot(event, (run?.data ?? data)?.name, run && this.runs.names.get(run.key));
  }

  /** Loaded when it is first opened. */
  async #openSweep(): Promise<void> {
    const part = await this.loader.load(() => import('../sweep/elements.ts'));
    if (!part) return;
    part.defineSweepElements();
    this.sweep ??= new part.SweepController(this.trainer);
    this.sweep.open();
    await this.updateComplete;
    await this.sweepDialog.open();
  }

  /** Loaded when it is first opened. */
  async #openRunTable(): Promise<void> {
    const part = await this.loader.load(() => import('../run-table/elements.ts'));
    if (!part) return;
    part.defineRunTableElements();
    this.runTable.show();
    await this.runs.readTrials();
  }

  async #sweepFrom({ detail }: EventOf<'run-base'>): Promise<void> {
    if (await this.runs.base(detail.id)) await this.#openSweep();
  }

  /** Loaded when it is first asked for. */
  async #dispatchFit(command: FitCommand): Promise<void> {
    const parts = await this.loader.load(() =>
      Promise.all([import('../fit/elements.ts'), import('../views/model-elements.ts')]),
    );
    if (!parts) return;
    const [part, views] = parts;
    part.defineFitElements();
    views.defineModelViews();
    this.fit ??= new part.FitController(this.trainer);
    if (command.do === 'predict') await this.#predictBest(this.fit.view);
    else this.fit.dispatch(command);
  }

  readonly #openFit = ({ detail }: EventOf<'fit-open'>) => void this.#dispatchFit({ do: 'open', id: detail.id });

  async #predictRow({ detail }: EventOf<'row-predict'>): Promise<void> {
    await this.predict.openRow(detail.cells);
    await this.#showPrediction();
  }

  async #predictBest({ target, table }: FitView): Promise<void> {
    await this.predict.openBest(text.run.fit.name({ target, table }));
    await this.#showPrediction();
  }

  /** Loaded when it is first opened. */
  async #openFounding(): Promise<void> {
    const part = await this.loader.load(() => import('../founding/elements.ts'));
    if (!part) return;
    part.defineFoundingElements();
    await this.founding.open();
  }

  async #downloadReport(): Promise<void> {
    const page = await this.trainer.fetch((lab) => lab.reportPage(this.link.address));
    if (page) download('report.html', new Blob([page], { type: 'text/html' }));
  }

  /** The dialog has closed: the form that predicts with the sweep's model comes into view. */
  async #predictSwept({ detail }: EventOf<'sweep-predict'>): Promise<void> {
    await this.predict.openSweep(detail.cell, detail.name);
    await this.#showPrediction();
  }

  async #showPrediction(): Promise<void> {
    const hidden = this.sheets.narrow && this.#panels.shown.has('centre') && this.sheets.open !== 'results';
    if (hidden) this.sheets.toggle('results');
    await this.updateComplete;
    this.renderRoot.querySelector('lab-predict')?.scrollIntoView({ block: 'nearest' });
  }

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.sheets.open && !modalOpen()) {
      this.sheets.close();
      return;
    }
    const command = keyCommand(event);
    if (!command) return;
    event.preventDefault();
    if (command === 'toggle') this.trainer.toggle();
    else if (command === 'step') this.trainer.step();
    else if (command === 'reset') void this.trainer.reset();
    else if (command === 'replay') this.replay.toggle();
    else if (command === 'shortcuts') this.shortcuts.open();
    else this.#toggleLog();
  };
}
