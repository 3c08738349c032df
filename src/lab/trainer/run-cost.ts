/** What a run costs, and what that says of another: the most seconds that it may take on the same engine. */
import { type LayerShape, layerShapes, parameterCount } from '../../engine/parameters.ts';
import { outputActivationFor } from '../../spec/answers.ts';
import type { TableView } from '../protocol/messages.ts';
import type { LegalForm } from '../protocol/settings.ts';

/** The work of one epoch. */
export interface EpochWork {
  steps: number;
  /** Rows times parameters. */
  products: number;
}

export interface RunCost {
  /** Seconds of training, pauses left out. */
  seconds: number;
  epochs: number;
  work: EpochWork;
}

export function epochWork(rows: number, batch: number, layers: readonly LayerShape[]): EpochWork {
  return { steps: Math.ceil(rows / Math.min(batch, rows)), products: rows * parameterCount(layers) };
}

/** @param data the open table; where its settings change, no more rows are trained than it has */
export function plannedWork({ trial, data: { split } }: LegalForm, data: TableView): EpochWork {
  const { model, training } = trial;
  const output_activation = outputActivationFor(model.output_activation, training.loss);
  const layers = layerShapes({ ...model, output_activation }, data.inputs, data.outputs, data.numbers);
  const rows = split.train === data.settings.split.train ? data.sets.train : data.rows;
  return epochWork(rows, training.batch_size, layers);
}

/**
 * A step takes some time of its own and some for each product, in a proportion that one run does not tell: whichever grows
 * more says the most that the other run can take.
 */
export function mostSeconds({ seconds, epochs, work }: RunCost, planned: EpochWork, plannedEpochs: number): number {
  const growth = Math.max(planned.steps / work.steps, planned.products / work.products);
  return (seconds / epochs) * plannedEpochs * growth;
}
