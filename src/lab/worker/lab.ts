/**
 * What the dedicated worker does: it owns the engine, the table and the run, so that the page never stalls and a hidden
 * tab keeps training. The page talks to it through comlink; see `messages.ts` for what is said.
 */

import type { Table } from '../../data/table/table.ts';
import type { Engine } from '../../engine/engine.ts';
import { page } from '../../messages/en/page.ts';
import { checkTrial } from '../../spec/check.ts';
import type { DataSettingsInput } from '../../spec/data-settings.ts';
import { type LiveChanges, train } from '../../train/trainer.ts';
import { checkLoss, resolveTrial } from '../../train/trials.ts';
import { InputError, type Said, saidBy } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import { pause } from '../../util/promises.ts';
import type {
  BaseChoice,
  EngineChoice,
  GpuPresence,
  LabWorker,
  Listener,
  LiveReply,
  ReadingProgress,
  Recalled,
  Reply,
  RunView,
  Source,
  StartRequest,
  TableView,
  Thumbnail,
} from '../protocol/messages.ts';
import type { NetworkPicture } from '../protocol/network-picture.ts';
import type { TablePreview } from '../protocol/preview.ts';
import type { StoredViews } from '../protocol/runs.ts';
import type { BaseModel } from '../protocol/settings.ts';
import type { Answer, Frame, QueryRequest, ViewName } from '../protocol/views.ts';
import { asAsked } from '../shared/form.ts';
import { holdWhileAlive } from '../shared/tab.ts';
import { tableKey } from '../shared/table-key.ts';
import { Bases } from './base/bases.ts';
import { Fits } from './fit/service.ts';
import type { JobHost } from './job-service.ts';
import { OwnEngine, type StartedRun } from './own-engine.ts';
import { Predictions } from './predict/service.ts';
import { replyOf } from './reply.ts';
import { type RunOf, viewOfRun, withinMemory, withPlan } from './run-of.ts';
import type { Session, SessionSettings } from './session.ts';
import { SingleRun } from './single-run.ts';
import type { RestorableRun } from './storage/kept-run.ts';
import type { ReopenHost } from './storage/reopen.ts';
import type { RunSaver } from './storage/run-saver.ts';
import { RunStorage } from './storage/storage.ts';
import { Sweeps } from './sweep/service.ts';
import { OpenTable, prepareOpened } from './table/open-table.ts';
import { Reading } from './table/table-reader.ts';
import { withTarget } from './table/target-choice.ts';

export class Lab implements LabWorker {
  readonly keeping = new RunStorage();
  readonly #table = new OpenTable();
  readonly #engine = new OwnEngine((engine, choice, reason) => {
    // At once, since what was under way on it fails in the next moment.
    const session = this.#run.on(engine);
    if (!session) return;
    session.driver.hold();
    void this.#serially(() => this.#recover(engine, choice, reason));
  });
  readonly #run = new SingleRun(() => this.sweeps.busy || this.fits.busy);
  #runs = 0;
  #queue: Promise<unknown> = Promise.resolve();
  readonly #reading = new Reading();
  readonly #bases = new Bases({
    store: () => this.keeping.store,
    open: () => this.#run.session?.of.prepared.base,
    model: () => this.predictions.model(),
  });

  readonly #lender: Omit<JobHost, 'alone'> = {
    table: () => this.#table.now.table,
    engine: (choice) => {
      this.sweeps.endEstimate();
      return this.#engine.lend(choice);
    },
    done: (engine) => this.#engine.giveBack(engine),
    serially: (work) => this.#serially(work),
    hold: () => {
      this.sweeps.endEstimate();
      this.#run.hold();
    },
    release: () => this.#run.release(),
  };
  readonly sweeps: Sweeps = new Sweeps({
    ...this.#lender,
    prepare: (settings) => this.#table.prepare(settings).set,
    ownEngine: (choice) => this.#engine.separate(choice),
    idle: () => !this.sweeps.busy && !this.fits.busy && !this.#run.running,
    alone: () => this.fits.end(),
    kept: this.keeping,
    source: () => this.#table.now.source,
    keepTable: () => void this.keeping.keepTable(this.#table.now.source),
    tableOf: (key) => this.#tableOf(key),
  });
  readonly fits: Fits = new Fits({
    ...this.#lender,
    alone: () => this.sweeps.end(),
    source: () => this.#table.now.source,
    keep: (found) => this.keeping.keepFit(found),
    stored: (id) => this.keeping.storedFit(id),
  });
  readonly predictions = new Predictions({
    session: () => this.#run.session,
    table: () => this.#table.known?.table,
    sweepModel: (cell) => this.sweeps.contents(cell),
    fitModel: () => this.fits.model(),
  });

  readonly #wait: typeof pause;

  /** @param wait between two times that another device is asked for */
  constructor(wait = pause) {
    this.#wait = wait;
  }

  watch(listener: Listener): void {
    this.#run.listener = listener;
  }

  hold(lock: string): Promise<boolean> {
    return holdWhileAlive(lock);
  }

  /** Reading is not in the queue: it may take long, and the run that trains can be changed meanwhile. */
  async open(
    source: Source,
    settings: Partial<DataSettingsInput>,
    tell?: (progress: ReadingProgress) => void,
  ): Promise<Reply<TableView>> {
    const read = await replyOf(this.#reading.read(source, tell));
    if (!read.ok) return read;
    const table = read.value;
    return this.#serially(async () => {
      const prepared = await this.#reading.prepare(table, tell, (watch) =>
        withTarget(table, settings, (complete) => prepareOpened(table, complete, watch)),
      );
      this.#table.open(source, table, prepared);
      await this.fits.end();
      return prepared.view;
    });
  }

  cancelOpen(): void {
    this.#reading.cancel();
  }

  async thumbnails(): Promise<Thumbnail[]> {
    const { thumbnails } = await import('./table/thumbnails.ts');
    return thumbnails();
  }

  preview(data: DataSettingsInput): Promise<Reply<TablePreview>> {
    return this.#serially(() => this.#table.preview(data));
  }

  tryOut({ trial, data, from }: Pick<StartRequest, 'trial' | 'data' | 'from'>): Promise<Reply<null>> {
    return this.#serially(async () => {
      const { set } = this.#table.prepare(data, await this.#bases.of(from));
      checkLoss([resolveTrial(checkTrial(trial), set.preprocessing.task)], set);
      return null;
    });
  }

  trainFrom(asked: BaseModel | { name: string }, data: Partial<DataSettingsInput>): Promise<Reply<BaseChoice>> {
    return this.#serially(async () => {
      const base = await this.#bases.choose(asked);
      const { settings } = this.#table.prepare(base.settings(this.#table.now.table, data), base);
      return base.choice(settings);
    });
  }

  start(request: StartRequest): Promise<Reply<RunView>> {
    const { trial, data, engine: choice, from, changes, plan_code, most_bytes } = request;
    return this.#serially(async () => {
      const asked = checkTrial(trial);
      const base = await this.#bases.of(from);
      const prepared = this.#table.prepare(data, base);
      const begun = base ? base.trial(trial) : trial;
      const of = { ...this.#table.now, prepared, engine: choice };
      // Made before the old run is let go: it may be refused, and then that one goes on.
      const started = await this.#still(() =>
        withPlan(plan_code, (code) =>
          this.#engine.run(choice, (engine) =>
            withinMemory(train(engine, prepared.set, begun, changes, code), most_bytes),
          ),
        ),
      );
      await this.keeping.leave();
      await this.#run.leave();
      this.#table.begin(prepared);
      const view = { ...viewOfRun(++this.#runs, started, of), replanned: started.replanned };
      const keeper = await this.keeping.begin({
        source: of.source,
        name: prepared.view.name,
        rows: prepared.view.rows,
        task: prepared.view.task,
        target: prepared.view.target,
        settings: { trial: asAsked(view.trial, asked), data: prepared.settings, engine: choice, ...(from && { from }) },
        base: base?.bytes,
        engine: view.engine,
        parameters: view.parameters,
      });
      this.#follow(view.id, started, of, keeper);
      return { ...view, key: keeper.entry.id };
    });
  }

  recall(tab: string): Promise<Reply<Recalled | null>> {
    return this.#serially(async () => {
      // Somebody was quicker.
      if (this.#run.session || this.#table.known) return null;
      const kept = await this.keeping.remembered(tab);
      return kept ? { ...(await this.#reopen(kept)), playing: kept.playing } : null;
    });
  }

  openRun(id: string): Promise<Reply<Recalled>> {
    return this.#serially(async () => {
      const kept = await this.keeping.stored(id, this.#table.known?.source);
      if (!kept) throw new InputError(message(page, 'run_table_missing'));
      return { ...(await this.#reopen(kept)), playing: false };
    });
  }

  storedViews(id: string): Promise<Reply<StoredViews | undefined>> {
    return this.#serially(async () => {
      const [kept, { model }] = await Promise.all([
        this.keeping.stored(id, this.#table.known?.source),
        this.keeping.files(id),
      ]);
      if (!kept) throw new InputError(message(page, 'run_table_missing'));
      if (!model) return undefined;
      const { source, entry } = kept;
      const { known } = this.#table;
      const table = known?.source === source ? known.table : await new Reading().read(source);
      const { storedViews } = await import('./views/stored-views.ts');
      const base = await this.#bases.of(entry.settings.from);
      return storedViews(model, await prepareOpened(table, entry.settings.data, {}, base));
    });
  }

  /** A run as it was left takes the place of the one that is open, which stays where that cannot be. */
  async #reopen(kept: RestorableRun): Promise<Omit<Recalled, 'playing'>> {
    const { reopen } = await import('./storage/reopen.ts');
    const host: ReopenHost = {
      reading: this.#reading,
      baseOf: (from) => this.#bases.of(from),
      make: (choice, made) => this.#still(() => this.#engine.run(choice, made)),
      replace: async (source, table, prepared) => {
        await this.keeping.leave();
        await this.#run.leave();
        this.#table.open(source, table, prepared);
        await this.fits.end();
      },
      view: (started, of) => viewOfRun(++this.#runs, started, of, kept.entry.id),
      follow: async (id, started, of, { entry, epochs, checkpoint }) => {
        const keeper = await this.keeping.goOn(entry, epochs, checkpoint);
        this.#follow(id, started, of, keeper, { seconds: entry.seconds });
      },
    };
    return reopen(host, kept);
  }

  async goOn(playing: boolean): Promise<void> {
    await this.#run.session?.driver.settle();
    if (playing) this.play();
    else this.report();
  }

  async change(changes: LiveChanges): Promise<LiveReply | undefined> {
    return this.#run.session?.change(changes);
  }

  play(): void {
    this.sweeps.endEstimate();
    this.#keepTable();
    this.#run.play();
  }

  pause(): void {
    this.#run.pause();
  }

  step(): void {
    this.sweeps.endEstimate();
    this.#keepTable();
    this.#run.step();
  }

  look(views: ViewName[]): void {
    this.#run.look(views);
  }

  async frame(epoch: number): Promise<Frame | undefined> {
    return this.#run.session?.frame(epoch);
  }

  pace(epochs: number | null): void {
    this.#run.pace(epochs);
  }

  ask(asked: QueryRequest, progress: (share: number) => void): Promise<Reply<Answer | undefined>> {
    return replyOf(Promise.resolve(this.#run.session?.ask(asked, progress)));
  }

  cancelAsked(): void {
    this.#run.session?.views.cancel();
  }

  report(): void {
    this.#run.session?.report();
  }

  async model(): Promise<Uint8Array> {
    if (!this.#run.session) throw new Error('There is no run yet.');
    return this.#run.session.model();
  }

  async network(): Promise<NetworkPicture | undefined> {
    return this.#run.session?.network();
  }

  async presence(): Promise<GpuPresence> {
    if (!navigator.gpu) return 'absent';
    return (await navigator.gpu.requestAdapter().catch(() => null)) ? 'present' : 'no-adapter';
  }

  async reportPage(link: string): Promise<string> {
    if (!this.#run.session) throw new Error('There is no run yet.');
    const session = this.#run.session;
    const { reportOf } = await import('./run-report.ts');
    return reportOf(session, link);
  }

  /** Kept once somebody trains on it. */
  #keepTable(): void {
    const { session } = this.#run;
    if (session) void this.keeping.keepTable(session.of.source);
  }

  /** Nothing trains while engines are measured for another run, which would be measured on a busy machine. */
  async #still<Value>(work: () => Promise<Value>): Promise<Value> {
    this.sweeps.endEstimate();
    return this.#run.still(work);
  }

  /** From now on this run is driven, and kept, and a device that is lost is its. */
  #follow(id: number, started: StartedRun, of: RunOf, keeper: RunSaver, others: SessionSettings = {}): Session {
    const session = this.#run.follow(id, started, of, { moved: () => keeper.moved(), ...others });
    keeper.follow(session);
    this.#engine.hold(started.run.engine, of.engine);
    return session;
  }

  /** Its device is lost: the run is not left, but goes on. */
  async #recover(lost: Engine, choice: EngineChoice, reason: Said): Promise<void> {
    const session = this.#run.on(lost);
    const { keeper } = this.keeping;
    if (!session || !keeper) return;
    try {
      const { goOnElsewhere } = await import('./storage/another-device.ts');
      await goOnElsewhere({
        session,
        keeper,
        reason,
        choice,
        make: async (kind, made) => {
          await this.sweeps.endOn(lost);
          await this.fits.endOn(lost);
          return this.#engine.run(kind, made);
        },
        wait: this.#wait,
        follow: (started, held, settings) =>
          this.#follow(session.id, started, { ...session.of, engine: held }, keeper, settings),
        play: () => this.play(),
      });
    } catch (error) {
      session.driver.release();
      session.driver.fail(message(page, 'device_not_replaced', { why: reason, problem: saidBy(error) }));
    }
  }

  async #tableOf(key: string): Promise<Table | undefined> {
    const { known } = this.#table;
    if (known && tableKey(known.source) === key) return known.table;
    const source = await this.keeping.tableOf(key);
    return source && new Reading().read(source);
  }

  /** One request at a time; an InputError becomes a reply. */
  #serially<Value>(work: () => Promise<Value>): Promise<Reply<Value>> {
    const result = replyOf(this.#queue.then(work));
    this.#queue = result.catch(() => {});
    return result;
  }
}
