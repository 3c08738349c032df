/** What the page knows for its views: the newest of each, and the gradients of a run as they went. */
import type { InsideView, ResidualsView, RocView, SurfaceValues, ViewsUpdate } from './views.ts';

/** Lengths of the layers' gradients at one moment. */
export interface NormsRecord {
  epoch: number;
  norms: number[];
}

const mostRecords = 600;

export class ViewsState {
  surface: SurfaceValues | null = null;
  residuals: ResidualsView | null = null;
  roc: RocView | null = null;
  inside: InsideView | null = null;
  /** Oldest first; only from when somebody looked, since nobody measures them otherwise. */
  norms: NormsRecord[] = [];

  add({ surface, residuals, roc, inside }: ViewsUpdate): void {
    this.surface = surface ?? this.surface;
    this.residuals = residuals ?? this.residuals;
    this.roc = roc ?? this.roc;
    this.inside = inside ?? this.inside;
    if (inside) this.#note(inside);
  }

  #note({ epoch, diagnosis }: InsideView): void {
    const record = { epoch, norms: diagnosis.layers.map(({ gradient_norm }) => gradient_norm) };
    // At rest the same moment is reported again; a run that went back to its best weights is at an earlier loss.
    if (this.norms.at(-1)?.epoch === epoch) this.norms.pop();
    this.norms.push(record);
    if (this.norms.length > mostRecords) this.norms = this.norms.filter((_, index) => index % 2 === 1);
  }
}
