/** Runs, and groups of seeds, that are drawn behind the current one: which, in which place of the palette, and their curves. */
import {
  type Basis,
  basisOf,
  type Incomparable,
  incomparable,
  mostOverlays,
  type Overlay,
  overlayOf,
} from '../charts/overlays.ts';
import type { RunPicture, StoredRun } from '../protocol/runs.ts';
import { sameItems } from '../ui/equality.ts';
import { LatestOnly } from '../ui/latest-only.ts';
import { computed, observed } from '../ui/observed.ts';
import { seedGroups } from './compare.ts';

/** What they are chosen from. */
export interface OverlayHost {
  readonly runs: readonly StoredRun[];
  readonly names: ReadonlyMap<string, string>;
  /** Of the group of seeds that a run is in. */
  readonly groupNames: ReadonlyMap<string, string>;
  /** Of the current run; undefined where there is none. */
  readonly basis: Basis | undefined;
  /** Null where nothing is kept of one. */
  pictures(ids: string[]): Promise<(RunPicture | null)[]>;
}

/** What is drawn of a run, as it was at a moment. */
interface Drawn {
  of: string;
  picture: RunPicture;
}

export class RunOverlays {
  /** Slot of each run or group that is drawn, by its id or its group's key; a new map at every change. */
  @observed() slots: ReadonlyMap<string, number> = new Map();
  /** Everything that was chosen, in the order of their slots. */
  @observed() private chosen: readonly Overlay[] = [];

  readonly #host: OverlayHost;
  readonly #drawing = new LatestOnly();
  #pictures: ReadonlyMap<string, Drawn> = new Map();

  constructor(host: OverlayHost) {
    this.#host = host;
  }

  /** What is drawn behind the current run, in the order of their slots; the same list while it is the same. */
  get overlays(): readonly Overlay[] {
    return this.#overlays();
  }

  readonly #overlays = computed(
    (): readonly Overlay[] => this.chosen.filter((overlay) => !this.#difference(overlay)),
    sameItems,
  );

  /** What was chosen but is not drawn, since its curves cannot be compared with those of the current run, and why. */
  get incomparable(): Incomparable[] {
    return this.chosen.flatMap((overlay) => {
      const difference = this.#difference(overlay);
      return difference ? [{ name: overlay.name, difference }] : [];
    });
  }

  #difference({ basis: own }: Overlay): keyof Basis | undefined {
    const { basis } = this.#host;
    return basis && incomparable(own, basis);
  }

  /** Whether another can be drawn. */
  get hasRoom(): boolean {
    return this.slots.size < mostOverlays;
  }

  /** Draws a run or a group of seeds behind the current one, or no more. */
  set(id: string, on: boolean): void {
    if (!on) this.slots = new Map([...this.slots].filter(([other]) => other !== id));
    else if (this.hasRoom) {
      const taken = new Set(this.slots.values());
      const slot = [...Array(mostOverlays).keys()].find((other) => !taken.has(other)) ?? 0;
      this.slots = new Map([...this.slots, [id, slot]]);
    }
    this.draw();
  }

  /** A run or group that is there no more leaves its place to others. */
  release(): void {
    const { runs } = this.#host;
    const there = new Set([...runs.map(({ id }) => id), ...seedGroups(runs).map(({ key }) => key)]);
    if ([...this.slots.keys()].every((id) => there.has(id))) return;
    this.slots = new Map([...this.slots].filter(([id]) => there.has(id)));
  }

  /** Whether there is anything to draw, or to draw no more. */
  get isUsed(): boolean {
    return this.chosen.length > 0 || this.slots.size > 0;
  }

  /** The runs, or their names, have changed. */
  draw(): void {
    this.#drawing.ask(() => this.#redraw());
  }

  /** Curves of what is drawn; those of a run that has not moved since are read once. */
  async #redraw(): Promise<void> {
    const { runs: all } = this.#host;
    const groups = new Map(seedGroups(all).map(({ key, runs }) => [key, runs]));
    const wanted = [...this.slots].map(([id, slot]) => {
      const runs = groups.get(id) ?? all.filter((run) => run.id === id);
      return { id, slot, runs };
    });
    const drawn = wanted.flatMap(({ runs }) => runs);
    const missing = drawn.filter((run) => this.#pictures.get(run.id)?.of !== momentOf(run));
    const ids = missing.map(({ id }) => id);
    const read = ids.length > 0 ? await this.#host.pictures(ids) : [];
    const fresh = read.flatMap((picture, index): [string, Drawn][] =>
      picture ? [[ids[index], { of: momentOf(missing[index]), picture }]] : [],
    );
    const known = new Map([...this.#pictures, ...fresh]);
    this.#pictures = new Map(
      drawn.flatMap(({ id }) => {
        const one = known.get(id);
        return one ? [[id, one]] : [];
      }),
    );
    const { names, groupNames } = this.#host;
    this.chosen = wanted
      .flatMap(({ id, slot, runs }) => {
        const [run] = runs;
        if (!run) return [];
        const name = (runs.length > 1 ? groupNames : names).get(run.id) ?? '';
        const pictures = runs.flatMap(({ id }) => this.#pictures.get(id)?.picture ?? []);
        const basis = basisOf(run.table.key, run.target, run.task, run.settings);
        return overlayOf(id, name, slot, basis, pictures) ?? [];
      })
      .sort((a, b) => a.slot - b.slot);
  }
}

function momentOf({ state, epochs }: StoredRun): string {
  return `${state} ${epochs}`;
}
