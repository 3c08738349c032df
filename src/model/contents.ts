/** A trained model as plain data: what is saved, exported and loaded. */
import type { Preprocessing } from '../data/prepare/dataset.ts';
import type { LayerShape } from '../engine/parameters.ts';
import type { Trial } from '../spec/settings.ts';

export interface ModelContents {
  layers: LayerShape[];
  /** The flat arena: see `engine/parameters.ts`. */
  parameters: Float32Array;
  preprocessing: Preprocessing;
  /** The settings it was trained with, without initial parameters. */
  settings: Omit<Trial, 'initial_parameters'>;
  /** What made it, for people: adapter, engine, plan, epochs, metrics. Free-form JSON. */
  origin: Record<string, unknown>;
}
