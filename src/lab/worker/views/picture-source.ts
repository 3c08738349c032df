/** What is drawn of a run as it is now, on the worker's side: its table's picture as the model has it, and its network. */
import type { Outcome, Run } from '../../../train/trainer.ts';
import type { Picture } from '../../protocol/messages.ts';
import type { NetworkPicture } from '../../protocol/network-picture.ts';
import { shownWeights, tilesOf, unitsOf } from './network-picture.ts';
import { pictureFeatures, predictionsOf } from './table-view.ts';

/** What is looked at of a run, as it is now or as it was. */
export type ViewedRun = Pick<
  Run,
  'data' | 'layers' | 'parameterCount' | 'trials' | 'weightsEpoch' | 'stepsDone' | 'predict' | 'parameters'
> & { readonly outcome: Pick<Outcome, 'kept_epoch'> | undefined };

export class PictureSource {
  readonly #run: ViewedRun;
  readonly #picture: Picture;
  readonly #shown: { features: Float32Array; rows: number };

  constructor(run: ViewedRun, picture: Picture) {
    this.#run = run;
    this.#picture = picture;
    this.#shown = pictureFeatures(run.data, picture);
  }

  /** Where a curve is worked out; null where there is more than one input. */
  get grid(): Float64Array | null {
    return this.#picture.kind === 'curve' ? this.#picture.grid : null;
  }

  async predictions(): Promise<Float64Array | null> {
    const { features, rows } = this.#shown;
    const { loss } = this.#run.trials[0].trial.training;
    const outputs = await this.#run.predict(features, rows);
    return predictionsOf(this.#run.data, this.#picture, loss, outputs, rows);
  }

  /** Weights and answers of a few units. */
  async network(): Promise<Omit<NetworkPicture, 'run'>> {
    const { data, layers } = this.#run;
    const parameters = await this.#run.parameters();
    const tiles = tilesOf(data, layers, parameters);
    return {
      epoch: this.#run.weightsEpoch,
      units: unitsOf(layers),
      weights: shownWeights(layers, parameters),
      ...(tiles ? { tiles } : {}),
    };
  }
}
