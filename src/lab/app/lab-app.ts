/**
 * The page: three regions, or one column with two sheets where it is narrow. Owns what the page knows and gives it to its
 * elements by context; turns events of which several features have to hear into commands.
 */
import { ContextProvider } from '@lit/context';
import { html, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { DataController, tablesContext } from '../data/controller.ts';
import { applyFix } from '../data/notice-fix.ts';
import { type FitCommand, isBusy, usualSeconds } from '../fit/view.ts';
import { text } from '../i18n/text.ts';
import { lessonIn } from '../lessons/address.ts';
import { lessonsContext } from '../lessons/context.ts';
import { LessonController } from '../lessons/controller.ts';
import type { LessonStep } from '../lessons/read.ts';
import { PredictController } from '../predict/controller.ts';
import { predictContext } from '../predict/view.ts';
import { RunsController, runsContext } from '../runs/controller.ts';
import { TrainerController, trainerContext } from '../trainer/controller.ts';
import { ReplayController, replayContext } from '../trainer/replay.ts';
import type { LabState } from '../trainer/shown-run.ts';
import { stateInWords, takeRecoveryAction } from '../trainer/status-text.ts';
import type { EventOf } from '../ui/emit.ts';
import { LabElement } from '../ui/lab-element.ts';
import { Loader } from '../ui/loader.ts';
import { modalOpen } from '../ui/modal.ts';
import { effect, unfollowed } from '../ui/observed.ts';
import { watchesQueue } from '../watch/address.ts';
import { exportModel, saveHistory, saveModel, savePlotOf, saveReport } from './files.ts';
import { keyCommand } from './keys.ts';
import { bottomBar } from './lab-app.bar.ts';
import { centre } from './lab-app.centre.ts';
import { resultsSide } from './lab-app.results.ts';
import { settingsSide } from './lab-app.settings.ts';
import { side } from './lab-app.side.ts';
import { appStyles } from './lab-app.styles.ts';
import type { LabShortcuts } from './lab-shortcuts.ts';
import { LateParts } from './late-parts.ts';
import { LinkController } from './link-controller.ts';
import { panelsIn } from './panels.ts';
import { SheetController } from './sheets.ts';

/** What the page opens with where nothing else is asked for. */
const sample = { sample: 'curve' };

export class LabApp extends LabElement {
  @query('lab-shortcuts') private shortcuts!: LabShortcuts;
  @state() private log = false;
  @state() private announcement = '';

  private readonly trainer = new TrainerController(this, sample, lessonIn(location.search) !== undefined);
  private readonly tables = new DataController(this, this.trainer, (file) => this.lessons.take(file));
  private readonly loader = new Loader(this);
  private readonly predict = new PredictController(this, this.trainer, this.loader);
  private readonly late = new LateParts(this, this.trainer, this.predict, this.loader);
  private readonly lessons: LessonController = new LessonController(
    this,
    this.trainer,
    this.tables,
    this.loader,
    (step) => this.#showStep(step),
  );
  private readonly runs = new RunsController(this, this.trainer, this.loader);
  private readonly link = new LinkController(this, this.trainer, sample);
  private readonly replay = new ReplayController(this, this.trainer);
  private readonly sheets = new SheetController(this);
  #said: LabState = 'loading';
  #ends: (() => void)[] = [];
  readonly #panels = panelsIn(location.search);
  readonly #queue = watchesQueue(location.search);
  readonly #probe = () => this.predict.probe;
  readonly #right = () => this.renderRoot.querySelector<HTMLElement>('.right');

  static override styles = appStyles;

  constructor() {
    super();
    const { trainer, tables, replay, runs, predict, lessons } = this;
    new ContextProvider(this, { context: trainerContext, initialValue: trainer });
    new ContextProvider(this, { context: tablesContext, initialValue: tables });
    new ContextProvider(this, { context: replayContext, initialValue: replay });
    new ContextProvider(this, { context: runsContext, initialValue: runs });
    new ContextProvider(this, { context: predictContext, initialValue: predict });
    new ContextProvider(this, { context: lessonsContext, initialValue: lessons });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.#key);
    this.addEventListener('fit-open', this.#openFit);
    document.body.addEventListener('model-offer', this.#offerModel);
    this.#ends = [effect(() => this.#hold()), effect(() => this.#announce()), effect(() => this.late.followBase())];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#key);
    this.removeEventListener('fit-open', this.#openFit);
    document.body.removeEventListener('model-offer', this.#offerModel);
    for (const end of this.#ends) end();
  }

  override render(): TemplateResult {
    const { trainer, tables, lessons, runs, sheets, late } = this;
    const fit = late.fit?.view;
    const sweep = late.sweep?.view;
    const { shown } = this.#panels;
    const sides = { shown, sheets, lessons };
    return html`
      ${shown.has('centre') ? html`<button class="skip" type="button" @click=${this.#skip}>${text.app.skipToTraining}</button>` : nothing}
      <div
        class="page ${shown.has('centre') ? '' : 'sides'}"
        data-state=${trainer.state}
        data-run=${trainer.run?.id ?? nothing}
        @setting-change=${({ detail }: EventOf<'setting-change'>) => trainer.controls.change(detail.path, detail.value)}
        @setting-restore=${({ detail }: EventOf<'setting-restore'>) => trainer.controls.restore(detail.path)}
        @file-ask=${() => this.renderRoot.querySelector('lab-data')?.pick()}
        @sample-open=${({ detail }: EventOf<'sample-open'>) => this.#openSample(detail.name)}
        @log-toggle=${this.#toggleLog}
        @notice-action=${() => takeRecoveryAction(trainer)}
        @lesson-start=${({ detail }: EventOf<'lesson-start'>) => lessons.start(detail.name)}
        @notice-fix=${this.#takeFix}
        @download-model=${() => saveModel(trainer)}
        @export-model=${() => exportModel(trainer)}
        @row-predict=${this.#predictRow}
        @train-on=${this.#trainOn}
        @fit-command=${({ detail }: EventOf<'fit-command'>) => this.#dispatchFit(detail)}
        @founding-open=${() => late.openFounding()}
        @sweep-open=${() => late.openSweep()}
        @runs-compare=${this.#openRunTable}
        @download-report=${() => saveReport(trainer, this.link.address)}
        @plot-save=${this.#savePlot}
        @shortcuts-open=${() => this.shortcuts.open()}
        @download-history=${() => saveHistory(trainer, this.loader)}
      >
        ${shown.has('settings') ? side('settings', 'left', text.app.settings, settingsSide(), sides) : nothing}
        ${shown.has('centre') ? centre({ trainer, lessons, runs, sheets, fit, fitAsker: late.fit?.asker, log: this.log, panels: this.#panels, probe: this.#probe }) : nothing}
        ${shown.has('results') ? side('results', 'right', text.common.results, resultsSide({ trainer, sweep, hidden: fit?.shown ?? false, openQueue: this.#queue ? () => late.openWatch() : undefined }), sides) : nothing}
        ${sheets.narrow && shown.has('centre') ? bottomBar(trainer, sheets, shown) : nothing}
        <lab-data-dialogs></lab-data-dialogs>
      </div>
      <p class="unseen" role="status" aria-live="polite">${this.announcement}</p>
      <lab-shortcuts></lab-shortcuts>
      <lab-sweep
        .view=${sweep}
        .trial=${trainer.controls.form.trial}
        .base=${trainer.controls.form.from?.name}
        .notices=${trainer.data?.notices ?? []}
        @notice-fix=${this.#takeFix}
        @plot-save=${this.#savePlot}
        @sweep-predict=${this.#predictSwept}
        @sweep-command=${({ detail }: EventOf<'sweep-command'>) => late.sweep?.dispatch(detail)}
      ></lab-sweep>
      ${
        late.comparing
          ? html`<lab-run-table
              .runs=${runs.runs}
              .trials=${runs.trials}
              .names=${runs.names}
              .groupNames=${runs.groupNames}
              .current=${trainer.run?.key ?? ''}
              .stored=${runs}
              @run-base=${this.#sweepFrom}
              @plot-save=${this.#savePlot}
            ></lab-run-table>`
          : nothing
      }
      <lab-founding></lab-founding>
      ${this.#queue ? html`<lab-watch @plot-save=${this.#savePlot}></lab-watch>` : nothing}
      <lab-export></lab-export>
      <lab-undo .back=${this.#right}></lab-undo>
      ${this.loader.line(true)}
      <div class="drop" ?hidden=${!tables.dropping}><p>${text.app.dropFile}</p></div>
    `;
  }

  /** The epoch is read off the page by whoever drives it; the page is not drawn for it. */
  override firstUpdated(): void {
    if (this.#queue) void this.late.openWatch();
    const page = this.renderRoot.querySelector<HTMLElement>('.page');
    this.#ends.push(
      effect(() => {
        page?.setAttribute('data-epoch', String(this.trainer.history.last?.number ?? 0));
      }),
    );
  }

  /** What is changed in a dialog, or while something else trains, waits. */
  #hold(): void {
    const { trainer, tables, late } = this;
    trainer.heldBy = late.sweep?.holds ? 'sweep' : isBusy(late.fit?.view) ? 'fit' : undefined;
    const held = tables.dialog !== undefined || trainer.heldBy !== undefined;
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

  #savePlot(event: EventOf<'plot-save'>): void {
    savePlotOf(event, this.trainer, this.runs.names);
  }

  async #openRunTable(): Promise<void> {
    if (await this.late.openRunTable()) await this.runs.readTrials();
  }

  async #sweepFrom({ detail }: EventOf<'run-base'>): Promise<void> {
    if (await this.runs.base(detail.id)) await this.late.openSweep();
  }

  async #dispatchFit(command: FitCommand): Promise<void> {
    if (await this.late.dispatchFit(command)) await this.#showPrediction();
  }

  readonly #offerModel = ({ detail }: EventOf<'model-offer'>) => void this.late.offerModel(detail.name, detail.bytes);

  readonly #openFit = ({ detail }: EventOf<'fit-open'>) => void this.#dispatchFit({ do: 'open', id: detail.id });

  async #predictRow({ detail }: EventOf<'row-predict'>): Promise<void> {
    await this.predict.openRow(detail.cells);
    await this.#showPrediction();
  }

  async #trainOn(): Promise<void> {
    const { run, data } = this.trainer;
    await this.predict.trainOn((run && this.runs.names.get(run.key)) || (data?.name ?? ''));
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
