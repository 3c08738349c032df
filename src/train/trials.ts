/** From the settings of a run's trials to a population on an engine: checks, initial parameters and hyperparameters. */
import type { DataSet } from '../data/prepare/dataset.ts';
import { numberFeatures } from '../data/prepare/features.ts';
import { inverseScale } from '../data/prepare/preprocessing.ts';
import type { Checkpoint, CustomLoss, Engine, Hyperparameters, Population, PopulationShape } from '../engine/engine.ts';
import { initialParameters, type LayerShape, layerShapes, parameterCount, perLayer } from '../engine/parameters.ts';
import { scheduleNumbers } from '../engine/schedule.ts';
import { stepsInEpoch } from '../engine/step-schedule.ts';
import { training as messages } from '../messages/en/training/training.ts';
import type { Task } from '../spec/answers.ts';
import { lossFor, outputActivationFor } from '../spec/answers.ts';
import { lossTable } from '../spec/losses.ts';
import type { ActivationName, LossName, ResolvedModel, Trial } from '../spec/settings.ts';
import { InputError, saidBy } from '../util/errors.ts';
import { type Message, message } from '../util/message.ts';

/** The layers of a model on this data. */
export function layersOf(model: ResolvedModel, data: DataSet): LayerShape[] {
  return layerShapes(model, data.columns, data.outputs, numberFeatures(data.preprocessing.features));
}

/**
 * Creates the population that trains these trials, with their initial parameters as the first snapshot.
 * @param from the checkpoint to resume from
 * @param planCode of a run whose bits are to be repeated
 */
export async function createPopulation(
  engine: Engine,
  data: DataSet,
  layers: LayerShape[],
  trials: ResolvedTrial[],
  from?: Checkpoint,
  planCode?: string,
  custom_loss?: CustomLoss,
): Promise<Population> {
  const shape = populationShape(data, layers, trials, custom_loss);
  engine.memoryFor(data, shape);
  const count = parameterCount(layers);
  const parameters = new Float32Array(count * trials.length);
  trials.forEach(({ initial_parameters, model, training: { seed } }, index) => {
    // Of this trial's own layers: `auto` goes by their activations, and frequencies have a scale.
    parameters.set(
      initial_parameters ?? initialParameters(layersOf(model, data), model.initializer, seed),
      index * count,
    );
  });
  const settings = { ...shape, initial_parameters: parameters, plan_code: from?.plan_code ?? planCode };
  const population = await engine.createPopulation(data, settings).catch((error: unknown) => {
    // A plan that cannot be had here is one that cannot be gone on with.
    const refused = from?.plan_code !== undefined && error instanceof InputError && error.where === 'plan';
    throw refused ? new InputError(saidBy(error), 'checkpoint') : error;
  });
  population.saveSnapshot(trials.map((_, index) => index));
  if (!from) return population;
  try {
    await population.resume(from);
    return population;
  } catch (error) {
    population.destroy();
    throw error;
  }
}

/** What an engine is asked to train, but for the parameters to begin with. */
export function populationShape(
  data: DataSet,
  layers: LayerShape[],
  trials: ResolvedTrial[],
  custom_loss?: CustomLoss,
): PopulationShape {
  return {
    layers,
    loss: trials[0].training.loss,
    custom_loss,
    trials: trials.map((trial) => hyperparametersOf(trial, layersOf(trial.model, data), data.sets.train.length)),
  };
}

/** Everything an engine needs to train a trial, given its own layers. */
export function hyperparametersOf(trial: ResolvedTrial, layers: readonly LayerShape[], rows: number): Hyperparameters {
  const { hidden, dropout } = trial.model;
  const embeddings = layers.length - 1 - hidden.length;
  return {
    ...trainingNumbersOf(trial, rows),
    activations: layers.map(({ activation }) => activation),
    dropout: layers.slice(0, -1).map((_, layer) => (layer < embeddings ? 0 : perLayer(dropout, layer - embeddings))),
  };
}

/** What does not depend on the layers; numbers that its optimizer does not have are 0. */
export function trainingNumbersOf(
  { training }: ResolvedTrial,
  rows: number,
): Omit<Hyperparameters, 'activations' | 'dropout'> {
  const { optimizer, schedule, epochs } = training;
  const { kind, ...optimizerNumbers } = optimizer;
  const batch_size = Math.min(training.batch_size, rows);
  return {
    optimizer: kind,
    batch_size,
    momentum: 0,
    nesterov: false,
    alpha: 0,
    betas: [0, 0],
    epsilon: 0,
    ...optimizerNumbers,
    l1: training.l1,
    l2: training.l2,
    clip_norm: training.clip_norm ?? 0,
    label_smoothing: training.label_smoothing,
    schedule: scheduleNumbers(schedule, epochs, stepsInEpoch(rows, batch_size)),
    seed: training.seed,
    shuffle: training.shuffle,
  };
}

/** @throws InputError about trials that cannot train as one population on this data */
export function checkPopulation(trials: ResolvedTrial[], layers: LayerShape[], data: DataSet): void {
  checkAlike(trials);
  for (const trial of trials) checkInitialParameters(trial, layers);
  checkLoss(trials, data);
}

/** What the trials of a population share, their shape and loss, as a key. */
export function sharedSettings({ model, training }: ResolvedTrial): string {
  // Frequencies begin with a scale of each trial's own.
  const { scale: _, ...embedding } = { scale: undefined, ...model.embedding };
  return JSON.stringify([model.hidden, embedding, training.loss]);
}

/** @throws InputError naming the first trial that cannot share them */
function checkAlike(trials: ResolvedTrial[]): void {
  const shared = sharedSettings(trials[0]);
  const odd = trials.findIndex((trial) => sharedSettings(trial) !== shared);
  if (odd > 0) throw new InputError(message(messages, 'trial_unlike', { trial: odd }));
}

/** @throws InputError when they are not as many as the network has parameters */
function checkInitialParameters({ initial_parameters }: Trial, layers: LayerShape[]): void {
  const count = initial_parameters?.length;
  const expected = parameterCount(layers);
  if (count === undefined || count === expected) return;
  throw new InputError(message(messages, 'initial_parameters_count', { count, expected }), 'initial_parameters');
}

/** A trial whose loss is one of the losses and whose output has one of the activations: `auto` has been decided. */
export type ResolvedTrial = Trial & { model: ResolvedModel; training: { loss: LossName } };

export function resolveTrial(trial: Trial, task: Task): ResolvedTrial {
  const loss = lossFor(trial.training.loss, task);
  const output_activation = outputActivationFor(trial.model.output_activation, loss);
  return { ...trial, model: { ...trial.model, output_activation }, training: { ...trial.training, loss } };
}

/**
 * Some losses only mean something for some targets and some last layers. The trials share their loss, so that the targets
 * are gone through once. @throws InputError naming what does not fit
 */
export function checkLoss(trials: readonly ResolvedTrial[], data: DataSet): void {
  const { loss } = trials[0].training;
  const setting = 'model.output_activation';
  const unlike = (name: ActivationName) => trials.find(({ model }) => model.output_activation !== name);
  const odd = lossTable[loss].logits && unlike('identity');
  if (odd) {
    const activation = odd.model.output_activation;
    throw new InputError(message(messages, 'loss_takes_sums', { setting, activation, loss }), setting);
  }
  const soft = loss === 'perceptron' && unlike('step');
  if (soft) {
    const activation = soft.model.output_activation;
    throw new InputError(message(messages, 'loss_of_steps', { setting, activation }), setting);
  }
  if (!lossTable[loss].logits && trials.some(({ training }) => training.label_smoothing > 0)) {
    const setting = 'training.label_smoothing';
    throw new InputError(message(messages, 'loss_without_classes', { setting, loss }), setting);
  }
  checkTargets(loss, data);
}

function checkTargets(loss: LossName, { targets, outputs, preprocessing }: DataSet): void {
  const setting = 'training.loss';
  const refused = (why: Message) => new InputError(why, setting);
  if (lossTable[loss].targets === 'shares' && outputs < 2) {
    const binary = preprocessing.task === 'binary';
    throw refused(message(messages, binary ? 'loss_of_classes' : 'loss_of_targets', { setting, loss }));
  }
  // Classes are 0 and 1 whatever the scaling.
  if (preprocessing.task !== 'regression') return;
  const scaled = preprocessing.scaling !== 'none';
  const short = (target: number) => Number(target.toPrecision(6));
  if (lossTable[loss].targets === 'unit') {
    const odd = targets.findIndex((target) => !(target >= 0 && target <= 1));
    if (odd < 0) return;
    const originals = Array.from(targets, (target, at) => {
      const step = preprocessing.targets[at % outputs];
      return step.kind === 'number' ? inverseScale(step, target) : target;
    });
    const own = originals.findIndex((value) => value < -1e-6 || value > 1 + 1e-6);
    const { column } = preprocessing.targets[(own < 0 ? odd : own) % outputs];
    if (own >= 0) {
      throw refused(message(messages, 'targets_beyond_unit', { setting, loss, column, value: short(originals[own]) }));
    }
    throw refused(message(messages, 'targets_scaled', { setting, loss, column, value: short(targets[odd]), scaled }));
  }
  if (lossTable[loss].targets === 'shares') {
    for (let first = 0; first < targets.length; first += outputs) {
      const row = targets.subarray(first, first + outputs);
      if (Math.abs(row.reduce((sum, target) => sum + target, 0) - 1) < 1e-5 && row.every((target) => target >= 0))
        continue;
      const values = Array.from(row.subarray(0, 4), short);
      const found = { setting, loss, row: first / outputs + 1, values, more: outputs > 4, scaled };
      throw refused(message(messages, 'targets_no_shares', found));
    }
  }
}
