/** What the page knows for its views: the newest of each, and the gradients of a run as they went. */

import type { InsideView, ResidualsView, RocView, SurfaceValues, ViewsUpdate } from '../protocol/views.ts';
import { observed } from '../ui/observed.ts';

/** Lengths of the layers' gradients at one moment. */
export interface NormsRecord {
  epoch: number;
  norms: number[];
}

const mostRecords = 600;

export class ViewsState {
  @observed() surface: SurfaceValues | null = null;
  @observed() residuals: ResidualsView | null = null;
  @observed() roc: RocView | null = null;
  @observed() inside: InsideView | null = null;
  /** Oldest first; only from when somebody looked, since nobody measures them otherwise. */
  @observed() norms: readonly NormsRecord[] = [];
  /** Of so many moments one is kept: evenly spaced ones, and the newest as long as it is that. */
  #every = 1;
  #seen = 0;
  #passing = false;

  add({ surface, residuals, roc, inside }: ViewsUpdate): void {
    this.surface = surface ?? this.surface;
    this.residuals = residuals ?? this.residuals;
    this.roc = roc ?? this.roc;
    this.inside = inside ?? this.inside;
    if (inside) this.#note(inside);
  }

  /** The same with views of another epoch; gradients are those of the whole run. */
  with({ surface, residuals, roc, inside }: ViewsUpdate): ViewsState {
    return Object.assign(new ViewsState(), { surface, residuals, roc, inside, norms: this.norms });
  }

  #note({ epoch, diagnosis }: InsideView): void {
    // Of parameters that were put back when the run ended: that epoch has been noted, if anybody looked then.
    if (epoch < (this.norms.at(-1)?.epoch ?? 0)) return;
    const record = { epoch, norms: diagnosis.layers.map(({ gradient_norm }) => gradient_norm) };
    // At rest the same moment is reported again.
    const again = this.norms.at(-1)?.epoch === epoch;
    const before = again || this.#passing ? this.norms.slice(0, -1) : this.norms;
    if (!again) this.#seen += 1;
    this.norms = [...before, record];
    this.#passing = (this.#seen - 1) % this.#every !== 0;
    if (this.norms.length <= mostRecords) return;
    this.norms = this.norms.filter((_, index) => index % 2 === 0);
    this.#every *= 2;
    this.#passing = false;
  }
}
