/** A model of a data set that has learned nothing: a small network of random parameters. */
import type { DataSet } from '../../../src/data/prepare/dataset.ts';
import { initialParameters, layerShapes } from '../../../src/engine/parameters.ts';
import { createModel, type Model } from '../../../src/model/model.ts';
import { checkTrial } from '../../../src/spec/check.ts';
import { withFirstDefaults } from '../../../src/spec/first-defaults.ts';
import { resolveTrial } from '../../../src/train/trials.ts';

export function untrained({ preprocessing, columns, outputs }: DataSet): Model {
  const settings = resolveTrial(checkTrial(withFirstDefaults({ model: { hidden: [4] } })), preprocessing.task);
  const layers = layerShapes(settings.model, columns, outputs);
  const parameters = initialParameters(layers, 'auto', 1);
  return createModel({ members: [{ layers, parameters, settings, weight: 1 }], preprocessing, origin: {} });
}
