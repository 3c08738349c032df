/**
 * The reference with the published rule (`as-published.ts`) in place of its backward pass: initial parameters, order of the
 * rows, optimizers and scores are the same, and `train` and `trainPopulation` run it like any other engine. The rule
 * knows the loss half_mse alone.
 */
import type { Engine } from '../engine/engine.ts';
import { createReferenceEngine } from '../engine/reference/engine.ts';
import { asPublished, type FormulaBugs, publishedGradients } from './as-published.ts';

/** @param slips all three unless given */
export function createPublishedEngine(slips: FormulaBugs = asPublished): Engine {
  return createReferenceEngine('reference', 'only this engine knows the rule', {
    adapter: 'plain TypeScript on one CPU thread, the published update rule',
    backward: (layers, parameters, work, { loss, targets }, gradients, rows) => {
      if (loss !== 'half_mse') throw new Error(`the published rule is for half_mse, not ${loss}`);
      return publishedGradients(layers, parameters, work, targets, gradients, rows, slips);
    },
  });
}
