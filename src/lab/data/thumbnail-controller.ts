/** Has the small pictures of the samples made once: when the gallery opens, or as soon as nothing else waits for the worker. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Thumbnail } from '../protocol/messages.ts';
import type { TrainerController } from '../trainer/controller.ts';
import { effect, observed } from '../ui/observed.ts';
import { beginsRun } from './begins-run.ts';

export class ThumbnailController implements ReactiveController {
  @observed() thumbnails: readonly Thumbnail[] = [];

  readonly #trainer: TrainerController;
  #asked = false;
  #end: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, trainer: TrainerController) {
    this.#trainer = trainer;
    host.addController(this);
  }

  hostConnected(): void {
    this.#end = effect(() => {
      if (!this.#asked && this.#idle) void this.ask();
    });
  }

  hostDisconnected(): void {
    this.#end?.();
  }

  /** Again where they could not be had before. */
  async ask(): Promise<void> {
    if (this.thumbnails.length > 0) return;
    this.#asked = true;
    this.thumbnails = (await this.#trainer.guard((lab) => lab.thumbnails())) ?? [];
  }

  /** The first run comes first. */
  get #idle(): boolean {
    const { latest, ownTable } = this.#trainer;
    return !ownTable && !!latest && !beginsRun(this.#trainer);
  }
}
