/**
 * What the parameters should be: the reference's formulas (src/engine/reference/network.ts) with everything kept in
 * float64. Contestants are held against it before they are timed.
 */
import { type LayerShape, layerShapes } from '../src/engine/parameters.ts';
import { backwardPass } from '../src/engine/reference/backward.ts';
import { createWorkspace, forwardPass } from '../src/engine/reference/network.ts';
import { exactSteps } from './exact-check.ts';
import { batchesOf, foldOf, type Workload } from './workloads.ts';

export function exactParameters(workload: Workload, model: number): Float64Array {
  const { batch, columns, outputs, loss, optimizer, learning_rate } = workload;
  const batches = batchesOf(workload, foldOf(workload, model));
  const layers: LayerShape[] = layerShapes(
    {
      hidden: workload.hidden,
      activation: workload.activation,
      output_activation: 'identity',
      dropout: 0,
      initializer: 'auto',
    },
    columns,
    outputs,
  );
  const parameters = Float64Array.from(workload.initial[model]);
  const gradients = new Float64Array(parameters.length);
  const mean = new Float64Array(parameters.length);
  const square = new Float64Array(parameters.length);
  const work = createWorkspace(layers, batch, Float64Array);
  for (let step = 0; step < exactSteps(workload); step++) {
    const { x, y } = batches[step % batches.length];
    work.input.set(x);
    const targets = Float64Array.from(y);
    forwardPass(layers, parameters, work);
    backwardPass(layers, parameters, work, { loss, targets }, gradients);
    if (optimizer === 'sgd') {
      for (let i = 0; i < parameters.length; i++) parameters[i] -= learning_rate * gradients[i];
      continue;
    }
    for (let i = 0; i < parameters.length; i++) {
      mean[i] = 0.9 * mean[i] + 0.1 * gradients[i];
      square[i] = 0.999 * square[i] + 0.001 * gradients[i] ** 2;
      const unbiased = Math.sqrt(square[i] / (1 - 0.999 ** (step + 1)));
      parameters[i] -= (learning_rate * mean[i]) / (1 - 0.9 ** (step + 1)) / (unbiased + 1e-8);
    }
  }
  return parameters;
}
