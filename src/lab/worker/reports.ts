/** Reports to the page at the pace that it can draw. Training never waits for the page; reports do. */

import { transfer } from 'comlink';
import { pause } from '../../util/promises.ts';
import type { Listener, Update } from '../protocol/messages.ts';
import { told } from './told.ts';
import { buffersOf } from './views/views-update.ts';

/** At most 25 reports a second. */
const reportEvery = 40;

/** Of what is reported. */
export interface Reported {
  readonly running: boolean;
  readonly closed: boolean;
  update(): Promise<Update>;
}

export class Reports {
  readonly #listener: Listener;
  readonly #of: Reported;
  #reporting = false;
  #changed = false;

  constructor(listener: Listener, of: Reported) {
    this.#listener = listener;
    this.#of = of;
  }

  /** There is something to tell: as long as the run trains, again and again. */
  soon(): void {
    this.#changed = true;
    if (!this.#reporting) void this.#loop();
  }

  async #loop(): Promise<void> {
    this.#reporting = true;
    try {
      while (!this.#of.closed && (this.#changed || this.#of.running)) {
        this.#changed = false;
        const begun = performance.now();
        const update = await this.#of.update();
        if (this.#of.closed) break;
        await told(() => this.#listener(transfer(update, [...buffersOf(update.views)])));
        const rest = reportEvery - (performance.now() - begun);
        await pause(rest);
      }
    } finally {
      this.#reporting = false;
    }
  }
}
