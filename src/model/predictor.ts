/**
 * What a model answers, computed on an engine: members of the same layers are one population. The reference says what the
 * numbers mean; an engine's float32 sums differ from it in the last digits.
 */
import type { Column, Table } from '../data/table/table.ts';
import type { Engine, EngineData, Hyperparameters, Population } from '../engine/engine.ts';
import { requestEngine } from '../engine/request.ts';
import { scheduleNumbers } from '../engine/schedule.ts';
import { groupBy } from '../util/arrays.ts';
import {
  evaluationOf,
  type ModelScores,
  modelOutputs,
  type PredictionOptions,
  predictionOf,
  type Question,
} from './model.ts';
import { lossOf, type Member, type ModelData, outputsOf } from './model-data.ts';

export interface Predictor {
  /** As `Model.predict`. */
  predict(table: Table, options?: PredictionOptions): Promise<Column[]>;
  /** As `Model.evaluate`. */
  evaluate(table: Table, options?: PredictionOptions): Promise<ModelScores>;
  /** Outputs [row, output] of features [row, column], as `forwardRows`. */
  outputs(features: Float32Array, rows: number): Promise<Float32Array>;
  /** Frees what it holds on the engine, which stays. */
  destroy(): void;
}

/** Rows that engines lay their work out for. */
const batchRows = 64;

export async function createPredictor(model: ModelData, engine: Engine): Promise<Predictor> {
  const places = model.members.map((member, place) => ({ member, place }));
  const groups = groupBy(places, ({ member }) => JSON.stringify(member.layers));
  const populations: Population[] = [];
  const destroy = () => {
    for (const population of populations.splice(0)) population.destroy();
  };
  try {
    for (const group of groups)
      populations.push(
        await populationOf(
          model,
          group.map(({ member }) => member),
          engine,
        ),
      );
  } catch (error) {
    destroy();
    throw error;
  }
  const width = outputsOf(model);
  const outputs = async (features: Float32Array, rows: number) => {
    const all: Float32Array[] = [];
    for (const [index, group] of groups.entries()) {
      const own = await populations[index].predict(features, rows);
      group.forEach(({ place }, trial) => {
        all[place] = own.subarray(trial * rows * width, (trial + 1) * rows * width);
      });
    }
    return modelOutputs(model, all);
  };
  const answered = async <Result>({ features, rows, answer }: Question<Result>): Promise<Result> =>
    answer(await outputs(features, rows));
  return {
    predict: async (table, options) => answered(predictionOf(model, table, options)),
    evaluate: async (table, options) => answered(evaluationOf(model, table, options)),
    outputs,
    destroy,
  };
}

/** Lends a predictor on the CPU, the quickest engine for most models and on every machine. */
export async function withPredictor<Result>(
  model: ModelData,
  work: (predictor: Predictor) => Promise<Result>,
): Promise<Result> {
  const engine = await requestEngine({ kind: 'cpu' });
  try {
    return await work(await createPredictor(model, engine));
  } finally {
    // Populations go with it.
    engine.destroy();
  }
}

/** A population that is never trained: it has one row of zeros. */
function populationOf(model: ModelData, members: readonly Member[], engine: Engine): Promise<Population> {
  const [{ layers }] = members;
  const columns = layers[0].inputs;
  const outputs = outputsOf(model);
  const none = new Uint32Array();
  const data: EngineData = {
    rows: 1,
    columns,
    outputs,
    features: new Float32Array(columns),
    targets: new Float32Array(outputs),
    sets: { train: Uint32Array.of(0), validation: none, test: none },
  };
  const size = members[0].parameters.length;
  const initial_parameters = new Float32Array(members.length * size);
  members.forEach(({ parameters }, trial) => {
    initial_parameters.set(parameters, trial * size);
  });
  const trials = members.map((member) => untrained(member));
  return engine.createPopulation(data, { layers, loss: lossOf(model), trials, initial_parameters });
}

/** The numbers of a trial that takes no step. */
function untrained({ layers }: Member): Hyperparameters {
  return {
    activations: layers.map(({ activation }) => activation),
    optimizer: 'sgd',
    batch_size: batchRows,
    learning_rate: 0,
    momentum: 0,
    nesterov: false,
    alpha: 0.99,
    betas: [0.9, 0.999],
    epsilon: 1e-8,
    weight_decay: 0,
    l1: 0,
    l2: 0,
    clip_norm: 0,
    schedule: scheduleNumbers({ kind: 'constant', warmup: 0 }, 1, 1),
    dropout: layers.slice(1).map(() => 0),
    seed: 0,
    shuffle: false,
  };
}
