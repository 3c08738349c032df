/** Which lesson is being followed, and at which step; brings up the table and the settings of each step that is gone to. */
import type { ReactiveControllerHost } from 'lit';
import type { DataController } from '../data/controller.ts';
import type { Source } from '../protocol/messages.ts';
import type { TrainerController } from '../trainer/controller.ts';
import { defineOnce } from '../ui/define-once.ts';
import type { Loader } from '../ui/loader.ts';
import type { Lesson, LessonId, LessonStep } from './lessons.ts';

export class LessonController {
  lesson: Lesson | undefined;
  /** From 0. */
  step = 0;
  /** Whether the lesson's table is there, so that it can be left. */
  #there = false;

  readonly #host: ReactiveControllerHost;
  readonly #tables: DataController;
  readonly #loader: Loader;
  readonly #show: (step: LessonStep) => void;

  /** @param show brings the view of a step up */
  constructor(
    host: ReactiveControllerHost,
    trainer: TrainerController,
    tables: DataController,
    loader: Loader,
    show: (step: LessonStep) => void,
  ) {
    this.#host = host;
    this.#loader = loader;
    this.#tables = tables;
    this.#show = show;
    trainer.onTable(() => this.#follow(trainer.source));
  }

  /** Who opens another table has left the lesson, whose words would be wrong of it. */
  #follow(source: Source | undefined): void {
    if (!this.lesson) return;
    const there = source !== undefined && 'sample' in source && source.sample === this.lesson.sample;
    if (this.#there && !there) this.lesson = undefined;
    this.#there = there;
  }

  /** Lessons are loaded when the first one begins. */
  async start(id: LessonId): Promise<void> {
    const parts = await this.#loader.load(() => Promise.all([import('./lessons.ts'), import('./lab-lesson.ts')]));
    if (!parts) return;
    const [{ lessons }, { LabLesson }] = parts;
    defineOnce('lab-lesson', LabLesson);
    this.lesson = lessons.find((lesson) => lesson.id === id);
    this.#there = false;
    this.go(0);
  }

  /** Sets the step up, and trains it. */
  go(step: number): void {
    const { lesson } = this;
    const set = lesson?.steps[step];
    if (!lesson || !set) return;
    this.step = step;
    this.#host.requestUpdate();
    this.#show(set);
    void this.#tables.openWith(lesson.sample, { trial: set.trial, data: set.data ?? {} });
  }

  /** What was set up stays. */
  close(): void {
    this.lesson = undefined;
    this.#host.requestUpdate();
  }
}
