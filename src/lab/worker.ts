/**
 * The dedicated worker: it owns the engine, the table and the run, so that the page never stalls and a hidden tab
 * keeps training. The page talks to it through comlink; see `messages.ts` for what is said.
 */
import { expose } from 'comlink';
import type { DataSet } from '../data/dataset.ts';
import { prepare } from '../data/prepare.ts';
import type { Table } from '../data/table.ts';
import type { Engine } from '../engine/engine.ts';
import { requestEngine } from '../engine/request.ts';
import { checkData, checkTrial } from '../spec/check.ts';
import type { DataSettings, DataSettingsInput } from '../spec/data-settings.ts';
import { InputError } from '../spec/errors.ts';
import { type LiveChanges, type Run, resumeRun, train } from '../train/trainer.ts';
import { checkLoss, resolved } from '../train/trials.ts';
import { calibrationStore } from './calibration-store.ts';
import { asAsked } from './form.ts';
import type { Keeper } from './keeping/keeper.ts';
import { Keeping } from './keeping/keeping.ts';
import { mayRecover, recovered } from './keeping/recovery.ts';
import type {
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
} from './messages.ts';
import type { NetworkPicture } from './network-picture.ts';
import { Predictions } from './predict-desk.ts';
import { Reading } from './reading.ts';
import { replyOf } from './reply.ts';
import { messageOf, Session, type SessionSettings } from './session.ts';
import { Sweeps } from './sweep-desk.ts';
import type { Previewer, TablePreview } from './table-preview.ts';
import { viewOf } from './table-view.ts';
import { withTarget } from './target-choice.ts';
import type { Answer, Asked, ViewName } from './views.ts';

/** Short enough that predictions and a pause get through between slices. */
const sliceMilliseconds = 12;

const calibration = calibrationStore();

interface Prepared {
  settings: DataSettings;
  set: DataSet;
  view: TableView;
}

class Lab implements LabWorker {
  readonly keeping = new Keeping();
  #listener: Listener = () => {};
  #source: Source | undefined;
  #table: Table | undefined;
  #prepared: Prepared | undefined;
  #engine: { engine: Engine; choice: EngineChoice } | undefined;
  #session: Session | undefined;
  #runs = 0;
  #views: ViewName[] | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  readonly #reading = new Reading();
  /** Whether the run goes on when the sweep that holds it has ended. */
  #goesOn = false;

  readonly sweeps = new Sweeps({
    table: () => this.#openTable(),
    prepare: (settings) => this.#prepare(settings).set,
    engine: (choice) => this.#engineFor(choice),
    serially: (work) => this.#serially(work),
    hold: () => {
      this.#goesOn = this.#session?.running ?? false;
      this.#session?.pause();
    },
    release: () => {
      if (this.#goesOn) this.#session?.play();
    },
  });
  /** Loaded when a table is first looked at. */
  #previewer: Previewer | undefined;
  /** What was last prepared and is not trained yet: trying out, showing and starting are asked for one after the other. */
  #tried: Prepared | undefined;

  readonly predictions = new Predictions({
    session: () => this.#session,
    table: () => this.#table,
    sweepModel: (cell) => this.sweeps.contents(cell),
  });

  watch(listener: Listener): void {
    this.#listener = listener;
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
      const prepared = withTarget(table, settings, (complete) => prepareTable(table, complete));
      this.#source = source;
      this.#table = table;
      this.#prepared = prepared;
      this.#tried = undefined;
      return prepared.view;
    });
  }

  cancelOpen(): void {
    this.#reading.cancel();
  }

  async thumbnails(): Promise<Thumbnail[]> {
    const { thumbnails } = await import('./thumbnails.ts');
    return thumbnails();
  }

  preview(data: DataSettingsInput): Promise<Reply<TablePreview>> {
    return this.#serially(async () => {
      this.#previewer ??= new (await import('./table-preview.ts')).Previewer();
      let problem: string | null = null;
      let set: DataSet | undefined;
      try {
        ({ set } = this.#prepare(data));
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        problem = error.message;
      }
      return this.#previewer.preview(this.#openTable(), checkData(data), set, problem);
    });
  }

  tryOut({ trial, data }: Pick<StartRequest, 'trial' | 'data'>): Promise<Reply<null>> {
    return this.#serially(async () => {
      const { set } = this.#prepare(data);
      checkLoss([resolved(checkTrial(trial), set.preprocessing.task)], set);
      return null;
    });
  }

  start({ trial, data, engine: choice }: StartRequest): Promise<Reply<RunView>> {
    return this.#serially(async () => {
      const asked = checkTrial(trial);
      const prepared = this.#prepare(data);
      const engine = await this.#engineFor(choice);
      const run = train(engine, prepared.set, trial);
      // Made before the old run is let go: it may be refused, and then that one goes on.
      const plan = await run.plan();
      await this.keeping.leave();
      await this.#session?.close();
      this.#prepared = prepared;
      this.#tried = undefined;
      const view = viewOfRun(++this.#runs, run, prepared, choice, plan);
      const keeper = await this.keeping.begin({
        source: this.#openSource(),
        name: prepared.view.name,
        rows: prepared.view.rows,
        task: prepared.view.task,
        target: prepared.view.target,
        settings: { trial: asAsked(view.trial, asked), data: prepared.settings, engine: choice },
        engine: view.engine,
        parameters: view.parameters,
      });
      this.#follow(view.id, run, prepared, keeper);
      return { ...view, key: keeper.entry.id };
    });
  }

  recall(tab: string): Promise<Reply<Recalled | null>> {
    return this.#serially(async () => {
      const kept = await this.keeping.remembered(tab);
      if (!kept) return null;
      const { source, entry, checkpoint, playing } = kept;
      const { settings } = entry;
      const table = await this.#reading.read(source);
      const prepared = prepareTable(table, settings.data);
      this.#source = source;
      this.#table = table;
      this.#prepared = prepared;
      this.#tried = undefined;
      const recalled = { source, entry, settings, playing };
      if (!checkpoint) return { ...recalled, run: undefined };
      const engine = await this.#engineFor(settings.engine);
      const run = resumeRun(engine, prepared.set, checkpoint);
      const plan = await run.plan().catch((error: unknown) => {
        // Another plan or engine than it was trained by: its settings are still good.
        if (!(error instanceof InputError)) throw error;
        return undefined;
      });
      if (plan === undefined) return { ...recalled, run: undefined };
      const view = viewOfRun(++this.#runs, run, prepared, settings.engine, plan);
      const keeper = await this.keeping.goOn(entry, run.history.length);
      this.#follow(view.id, run, prepared, keeper, { seconds: entry.seconds });
      return { ...recalled, run: { ...view, key: entry.id } };
    });
  }

  async goOn(playing: boolean): Promise<void> {
    await this.#session?.settle();
    if (playing) this.play();
    else this.report();
  }

  async change(changes: LiveChanges): Promise<LiveReply | undefined> {
    return this.#session?.change(changes);
  }

  play(): void {
    if (this.#source) void this.keeping.keepTable(this.#source);
    if (this.sweeps.busy) this.#goesOn = true;
    else this.#session?.play();
  }

  pause(): void {
    this.#goesOn = false;
    this.#session?.pause();
  }

  step(): void {
    if (this.#source) void this.keeping.keepTable(this.#source);
    if (!this.sweeps.busy) this.#session?.step();
  }

  look(views: ViewName[]): void {
    this.#views = views;
    this.#session?.views.look(views);
    this.#session?.report();
  }

  ask(asked: Asked, progress: (share: number) => void): Promise<Reply<Answer | undefined>> {
    return replyOf(Promise.resolve(this.#session?.views.ask(asked, progress)));
  }

  cancelAsked(): void {
    this.#session?.views.cancel();
  }

  report(): void {
    this.#session?.report();
  }

  async model(): Promise<Uint8Array> {
    if (!this.#session) throw new Error('There is no run yet.');
    return this.#session.model();
  }

  async network(): Promise<NetworkPicture | undefined> {
    return this.#session?.network();
  }

  async presence(): Promise<GpuPresence> {
    if (!navigator.gpu) return 'absent';
    return (await navigator.gpu.requestAdapter().catch(() => null)) ? 'present' : 'no-adapter';
  }

  async reportPage(link: string): Promise<string> {
    if (!this.#session || !this.#prepared || !this.#table) throw new Error('There is no run yet.');
    const { reportOf } = await import('./keeping/report.ts');
    const { settings } = this.#prepared;
    return reportOf({ session: this.#session, table: this.#table, settings, link });
  }

  /** From now on this run is driven, and kept. */
  #follow(id: number, run: Run, { view }: Prepared, keeper: Keeper, others: SessionSettings = {}): void {
    const session = new Session(id, run, view.picture, this.#listener, {
      open: this.#views,
      moved: () => keeper.moved(),
      ...others,
    });
    keeper.follow(session);
    this.#session = session;
  }

  #openSource(): Source {
    if (!this.#source) throw new InputError('There is no table yet; open a CSV file.');
    return this.#source;
  }

  #openTable(): Table {
    if (!this.#table) throw new InputError('There is no table yet; open a CSV file.');
    return this.#table;
  }

  /** The same settings give the same data set, which is then not made anew. */
  #prepare(settings: DataSettingsInput): Prepared {
    const wanted = JSON.stringify(checkData(settings));
    const known = [this.#prepared, this.#tried].find((one) => one && JSON.stringify(one.settings) === wanted);
    if (known) return known;
    this.#tried = undefined;
    this.#tried = prepareTable(this.#openTable(), settings);
    return this.#tried;
  }

  /** The engine there is, if it is of the kind asked for; a lost one has been let go of already. */
  async #engineFor(choice: EngineChoice, leaving = true): Promise<Engine> {
    if (this.#engine?.choice === choice) return this.#engine.engine;
    const engine = await requestEngine({ kind: choice, slice_ms: sliceMilliseconds, calibration });
    await this.sweeps.end();
    if (leaving) {
      await this.keeping.leave();
      await this.#session?.close();
    }
    this.#engine?.engine.destroy();
    this.#engine = { engine, choice };
    void engine.lost.then((reason) => {
      if (this.#engine?.engine !== engine) return;
      this.#engine = undefined;
      void this.#serially(() => this.#recover(choice, reason.replace(/\.$/, '')));
    });
    return engine;
  }

  /** Goes on with the run on a new device, from its last checkpoint. */
  async #recover(choice: EngineChoice, reason: string): Promise<void> {
    const session = this.#session;
    const prepared = this.#prepared;
    const { keeper } = this.keeping;
    if (!session || !prepared || !keeper) return;
    const lost = `The GPU device was lost (${reason}).`;
    if (!mayRecover(keeper.entry)) {
      session.fail(`${lost} It was lost several times at this point. Reset starts again on a new one.`);
      return;
    }
    session.hold();
    try {
      const engine = await this.#engineFor(choice, false);
      const { last } = keeper;
      const run = last
        ? resumeRun(engine, session.run.data, last)
        : train(engine, session.run.data, keeper.entry.settings.trial);
      await run.plan();
      keeper.entry = recovered(keeper.entry, run.history.length, reason);
      void session.close();
      const seconds = last?.seconds ?? 0;
      this.#follow(session.id, run, prepared, keeper, { seconds, afresh: reason });
      await this.#session?.settle();
      if (session.state === 'running') this.#session?.play();
      else this.#session?.report();
    } catch (error) {
      session.release();
      session.fail(`${lost} A new one could not go on: ${messageOf(error)} Reset starts again.`);
    }
  }

  /** One request at a time; an InputError becomes a reply, since comlink would lose its `where`. */
  #serially<Value>(work: () => Promise<Value>): Promise<Reply<Value>> {
    const result = replyOf(this.#queue.then(work));
    this.#queue = result.catch(() => {});
    return result;
  }
}

function viewOfRun(id: number, run: Run, { view }: Prepared, choice: EngineChoice, plan: string): Omit<RunView, 'key'> {
  const { kind, adapter, software, why } = run.engine;
  return {
    id,
    trial: run.trials[0].trial,
    engine: { choice, kind, adapter, software, why, plan },
    layers: run.layers,
    parameters: run.parameterCount,
    data: view,
  };
}

function prepareTable(table: Table, input: DataSettingsInput): Prepared {
  const settings = checkData(input);
  const set = prepare(table, settings);
  return { settings, set, view: viewOf(table, set, settings) };
}

expose(new Lab());
