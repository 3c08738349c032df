/**
 * A trained model as plain data: what its file holds. One network is an ensemble of one member, whose weight is 1.
 */
import type { Preprocessing } from '../data/prepare/dataset.ts';
import type { LayerShape } from '../engine/layers.ts';
import { lossFor } from '../spec/answers.ts';
import type { LossName, Trial } from '../spec/settings.ts';

/** A trained model as plain data: what its file holds. */
export interface ModelData {
  /** At least one. They have inputs, outputs and loss in common, and may differ in all else. */
  members: Member[];
  /** Of all members. */
  preprocessing: Preprocessing;
  /** What made it, for people: adapter, engine, plan, epochs, metrics. Free-form JSON. */
  origin: Record<string, unknown>;
  /** Learned from rows that no member that answered for them was trained on. */
  calibration?: ModelCalibration;
}

/** One network. */
export interface Member {
  /** First to last. */
  layers: LayerShape[];
  /** All parameters in one flat array: see `engine/parameters.ts`. */
  parameters: Float32Array;
  /** The settings it was trained with, without initial parameters. */
  settings: Omit<Trial, 'initial_parameters'>;
  /** Its share in the answers. The shares of all members add up to 1. */
  weight: number;
}

/** What was learned from rows that were held out: a temperature for classes, residuals for numbers. */
export type ModelCalibration = TemperatureCalibration | ConformalCalibration;

/** Of classes: logits are divided by the `temperature`. */
export interface TemperatureCalibration {
  kind: 'temperature';
  temperature: number;
  /** That it was fitted on. */
  rows: number;
}

/** Of numbers: how far the answers were off, for intervals at any level. */
export interface ConformalCalibration {
  kind: 'conformal';
  /** [target, rank]: absolute errors, rising, in the units that were trained in. */
  residuals: number[][];
  /** That they are from; there are fewer residuals where rows are many. */
  rows: number;
  /** Share of rows within intervals at the default level that other rows gave; of several targets the smallest. */
  coverage: number;
}

/** A model of one network. */
export function singleNetwork(network: Omit<Member, 'weight'>, others: Omit<ModelData, 'members'>): ModelData {
  return { members: [{ ...network, weight: 1 }], ...others };
}

/** The network of a model that is one network. @throws Error where there are several */
export function onlyMember({ members }: ModelData): Member {
  if (members.length !== 1) throw new Error('a model of several members where one network is wanted');
  return members[0];
}

/** What all members were trained with. */
export function lossOf({ members, preprocessing }: ModelData): LossName {
  return lossFor(members[0].settings.training.loss, preprocessing.task);
}

/** Outputs of a row. */
export function outputsOf({ members }: ModelData): number {
  return members[0].layers[members[0].layers.length - 1].outputs;
}
