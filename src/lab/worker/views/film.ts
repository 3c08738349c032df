/**
 * What a run looked like as it trained: its parameters at some epochs, evenly spaced and thinned as the run grows, from which
 * the open view is worked out again. Bounded in number, memory and work.
 */
import { forward } from '../../../engine/reference/network.ts';
import type { Run } from '../../../train/trainer.ts';
import type { Picture } from '../../protocol/messages.ts';
import type { Frame, ViewName } from '../../protocol/views.ts';
import { PictureSource, type ViewedRun } from './picture-source.ts';
import { ViewSource } from './view-source.ts';

const mostFrames = 60;
/** Fewer show no movement. */
const leastFrames = 8;
const mostBytes = 32_000_000;
/** Parameters times rows of a picture: a few tenths of a second for a frame. */
const mostProducts = 3e8;
const mostRows = 3000;

interface Snapshot {
  epoch: number;
  parameters: Float32Array<ArrayBuffer>;
}

export class Film {
  readonly #run: Run;
  readonly #picture: Picture;
  readonly #most: number;
  /** Oldest first. */
  #snapshots: Snapshot[] = [];
  /** Of so many epochs one is kept. */
  #every = 1;
  #epochs: number[] = [];

  constructor(run: Run, picture: Picture) {
    this.#run = run;
    this.#picture = picture;
    const { parameterCount } = run;
    const most = Math.min(mostFrames, Math.floor(mostBytes / (4 * parameterCount)));
    this.#most = most < leastFrames || parameterCount * mostRows > mostProducts ? 0 : most;
  }

  /** Epochs of which there is a frame; the same list for as long as there is no other. */
  get epochs(): readonly number[] {
    return this.#epochs;
  }

  /** At the end of an epoch, or before the first. */
  async take(epoch: number): Promise<void> {
    if (this.#most === 0 || epoch % this.#every !== 0 || (this.#epochs.at(-1) ?? -1) >= epoch) return;
    this.#snapshots.push({ epoch, parameters: await this.#run.parameters() });
    while (this.#snapshots.length > this.#most) {
      this.#every *= 2;
      this.#snapshots = this.#snapshots.filter((snapshot) => snapshot.epoch % this.#every === 0);
    }
    this.#epochs = this.#snapshots.map((snapshot) => snapshot.epoch);
  }

  /** What the views show of an epoch; undefined where it has been thinned out. */
  async frame(epoch: number, views: readonly ViewName[]): Promise<Omit<Frame, 'run'> | undefined> {
    const snapshot = this.#snapshots.find((other) => other.epoch === epoch);
    if (!snapshot) return undefined;
    const run = asOf(this.#run, snapshot);
    const predictions = views.includes('fit') ? await new PictureSource(run, this.#picture).predictions() : null;
    return { epoch, predictions, views: await new ViewSource(run, views, false).gather(true) };
  }
}

/** The run with the parameters that it had. */
function asOf({ data, layers, parameterCount, trials }: Run, { epoch, parameters }: Snapshot): ViewedRun {
  return {
    data,
    layers,
    parameterCount,
    trials,
    weightsEpoch: epoch,
    stepsDone: 0,
    outcome: { kept_epoch: epoch },
    predict: async (features, rows) => forward(layers, parameters, features, rows),
    parameters: async () => parameters,
  };
}
