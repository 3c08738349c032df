/** A trained model as plain data: the content of a model file. */
import type { Preprocessing } from '../data/prepare/dataset.ts';
import type { LayerShape } from '../engine/parameters.ts';
import type { Trial } from '../spec/settings.ts';

export interface ModelData {
  layers: LayerShape[];
  /** All parameters in one flat array: see `engine/parameters.ts`. */
  parameters: Float32Array;
  preprocessing: Preprocessing;
  /** The settings it was trained with, without initial parameters. */
  settings: Omit<Trial, 'initial_parameters'>;
  /** What made it, for people: adapter, engine, plan, epochs, metrics. Free-form JSON. */
  origin: Record<string, unknown>;
}
