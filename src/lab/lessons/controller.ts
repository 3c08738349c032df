/**
 * Which lesson is being followed, and at which step; brings up the table and the settings of each step that is gone to.
 * A lesson comes from the list, from the address, or from a file that is opened.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { checkData, checkTrial } from '../../spec/check.ts';
import { InputError, type Said, saidBy } from '../../util/errors.ts';
import type { DataController } from '../data/controller.ts';
import type { EngineChoice, Source } from '../protocol/messages.ts';
import { type Form, withoutTarget } from '../shared/form.ts';
import type { TrainerController } from '../trainer/controller.ts';
import { openLink } from '../trainer/opening/first-opening.ts';
import type { Loader } from '../ui/loader.ts';
import { observed } from '../ui/observed.ts';
import { lessonIn, withLesson } from './address.ts';
import { isLesson } from './format.ts';
import type { Lesson, LessonStep } from './read.ts';

type Parts = typeof import('./elements.ts');

interface Followed {
  lesson: Lesson;
  /** In the address; undefined for a file that was opened, which has none. */
  name?: string;
  /** What addresses of tables are relative to. */
  base: URL;
}

export class LessonController implements ReactiveController {
  /** From 0. */
  @observed() step = 0;
  /** Why a lesson is not there. */
  @observed() problem: Said | undefined;

  readonly #trainer: TrainerController;
  readonly #tables: DataController;
  readonly #loader: Loader;
  readonly #show: (step: LessonStep) => void;
  #parts: Parts | undefined;
  @observed() private followed: Followed | undefined;
  /** The table that an address of the lesson leads to. */
  #fetched: Promise<Source> | undefined;
  /** Whether the lesson's table is there, so that it can be left. */
  #there = false;
  /** The run beside which a lesson was refused: with another one the reason goes away. The page's own first run leaves it. */
  #refusedAt: number | undefined;
  /** The run that was there before the step was set up. */
  #before: number | undefined;
  /** Steps whose goal has been reached. */
  @observed() private reached: ReadonlySet<number> = new Set();
  /** A lesson that is asked for later makes an earlier one stale. */
  #turn = 0;

  /** @param show brings the view of a step up */
  constructor(
    host: ReactiveControllerHost,
    trainer: TrainerController,
    tables: DataController,
    loader: Loader,
    show: (step: LessonStep) => void,
  ) {
    this.#trainer = trainer;
    this.#tables = tables;
    this.#loader = loader;
    this.#show = show;
    host.addController(this);
    trainer.onTable(() => this.#tableOpened());
    trainer.onUpdate(() => this.#runUpdated());
  }

  get lesson(): Lesson | undefined {
    return this.followed?.lesson;
  }

  /** Of the lesson that is followed, where it is one of the page. */
  get name(): string | undefined {
    return this.followed?.name;
  }

  /** Whether the step's goal has not been reached. */
  get waiting(): boolean {
    return this.lesson?.steps[this.step].wait !== undefined && !this.reached.has(this.step);
  }

  /** The address says what is opened first; settings in it are those of somebody who has come further than the set-up. */
  hostConnected(): void {
    const asked = lessonIn(location.search);
    if (asked) void this.#openAsked(asked.name, asked.step, location.hash === '');
  }

  /** @param name of a lesson of the page */
  async start(name: string): Promise<void> {
    await this.#open(async ({ findLesson }) => ({ ...(await findLesson(name)), name }));
  }

  /** Whether the file is a lesson, which is opened then, rather than a table. */
  async take(file: File): Promise<boolean> {
    if (!(await isLesson(file))) {
      this.problem = undefined;
      return false;
    }
    const base = new URL(location.href);
    await this.#open(async ({ readLesson }) => ({ lesson: await readLesson(file, file.name), base }));
    return true;
  }

  /** Sets the step up, and trains it. */
  go(step: number): void {
    const set = this.lesson?.steps[step];
    if (!set) return;
    this.#before = this.#trainer.run?.id;
    this.#display(step);
    void this.#setUp(set);
  }

  /** What was set up stays. */
  close(): void {
    this.#leave();
  }

  async #openAsked(name: string, step: number, sets: boolean): Promise<void> {
    const opened = await this.#open(async ({ findLesson }) => ({ ...(await findLesson(name)), name }), step, sets);
    // The page's own beginning has waited for it.
    if (!opened && sets && !this.#trainer.begun) this.#tables.openSample('curve');
  }

  /** Lessons are loaded when the first one begins. */
  async #open(find: (parts: Parts) => Promise<Followed>, step = 0, sets = true): Promise<boolean> {
    const turn = ++this.#turn;
    this.problem = undefined;
    const parts = await this.#loader.load(() => import('./elements.ts'));
    if (!parts) return false;
    parts.defineLessonElements();
    this.#parts = parts;
    try {
      const followed = await find(parts);
      if (turn !== this.#turn) return true;
      this.#begin(followed, step, sets);
      return true;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.#refuse(error);
      return false;
    }
  }

  /** Who opens another table has left the lesson, whose words would be wrong of it. */
  #tableOpened(): void {
    if (!this.lesson) return;
    const there = this.#isThere;
    if (this.#there && !there) this.#leave();
    this.#there = there;
  }

  #refuse(error: unknown): void {
    this.problem = saidBy(error);
    this.#refusedAt = this.#trainer.run?.id;
  }

  #runUpdated(): void {
    const { run } = this.#trainer;
    this.#refusedAt ??= run?.id;
    if (this.problem && run?.id !== this.#refusedAt) this.problem = undefined;
    const wait = this.lesson?.steps[this.step].wait;
    if (!wait || !run || run.id === this.#before) return;
    if (this.#parts?.isReached(wait, this.#trainer)) this.reached = new Set([...this.reached, this.step]);
  }

  /** Whether the open table is the lesson's. */
  get #isThere(): boolean {
    const { source } = this.#trainer;
    return source !== undefined && nameOf(source) === this.#tableName;
  }

  #begin(followed: Followed, step: number, sets: boolean): void {
    this.followed = followed;
    this.#there = this.#isThere;
    this.#fetched = undefined;
    this.#before = undefined;
    this.reached = new Set();
    const first = Math.min(step, followed.lesson.steps.length - 1);
    if (sets) this.go(first);
    else this.#display(first);
  }

  #display(step: number): void {
    const { lesson, name } = this.followed ?? {};
    if (!lesson) return;
    this.step = step;
    this.problem = undefined;
    history.replaceState(history.state, '', withLesson(location.href, name === undefined ? name : { name, step }));
    this.#show(lesson.steps[step]);
  }

  #leave(): void {
    this.followed = undefined;
    history.replaceState(history.state, '', withLesson(location.href, undefined));
  }

  async #setUp({ trial, data }: LessonStep): Promise<void> {
    const trainer = this.#trainer;
    const { file = '' } = this.lesson?.table ?? {};
    const turn = this.#turn;
    try {
      const source = await this.#source();
      if (turn !== this.#turn) return;
      if (source) return await this.#tables.openWith(source, { trial, data });
      // Whoever follows the lesson has the file: it is kept here, or waited for.
      const form = waitingForm({ trial, data }, trainer.controls.form.engine);
      const linked = { kind: 'file', name: file, reading: {} } as const;
      await openLink(trainer, { source: linked, form, changes: [], problems: [] }, undefined);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.#fetched = undefined;
      this.#refuse(error);
    }
  }

  /** Undefined where it is a file that is not open. */
  async #source(): Promise<Source | undefined> {
    const { lesson, base } = this.followed ?? {};
    if (!lesson || !base) return undefined;
    const { sample, generate, link, file = '', text } = lesson.table;
    if (sample !== undefined) return { sample, ...(generate ? { generate } : {}) };
    if (text !== undefined) return { name: file, text };
    if (link !== undefined) {
      this.#fetched ??= this.#parts?.fetchTable(link, base);
      return this.#fetched;
    }
    const { source } = this.#trainer;
    return source && nameOf(source) === file ? source : undefined;
  }

  get #tableName(): string | undefined {
    const { lesson, base } = this.followed ?? {};
    const { sample, link, file } = lesson?.table ?? {};
    if (link === undefined || !base || !URL.canParse(link, base.href)) return sample ?? file;
    return this.#parts?.fileNameOf(new URL(link, base));
  }
}

/** Complete, as the controls show it before the table is there, but for the target where the lesson names none. */
function waitingForm({ trial, data }: Pick<LessonStep, 'trial' | 'data'>, engine: EngineChoice): Form {
  const whole = checkData({ target: '?', ...data });
  const settings = data.target === undefined ? withoutTarget(whole) : whole;
  return { trial: checkTrial(trial), data: settings, engine, problems: new Map() };
}

function nameOf(source: Source): string {
  return 'sample' in source ? source.sample : source.name;
}
