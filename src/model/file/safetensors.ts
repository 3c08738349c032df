/** Reads a trained model from a .safetensors file, which `write-safetensors.ts` describes, or from an .onnx file that holds the same. */
import * as z from 'zod/mini';
import type { Preprocessing } from '../../data/prepare/dataset.ts';
import { featureCount } from '../../data/prepare/features.ts';
import { checkPreprocessing } from '../../data/prepare/preprocessing.ts';
import { outputCount } from '../../data/prepare/target.ts';
import type { LayerShape } from '../../engine/layers.ts';
import { modelTensors, parameterCount } from '../../engine/parameters.ts';
import { models } from '../../messages/en/models/models.ts';
import { activationNames } from '../../spec/activations.ts';
import { check } from '../../spec/check.ts';
import { checkStoredTrial } from '../../spec/first-defaults.ts';
import { parseJson } from '../../spec/json.ts';
import type { Trial } from '../../spec/settings.ts';
import { InputError, saidBy } from '../../util/errors.ts';
import { type Message, message } from '../../util/message.ts';
import { lossOf, type Member, type ModelData } from '../model-data.ts';
import { calibrationSchema, suits } from './calibration-schema.ts';
import { decodeOnnx, isOnnx } from './onnx-file.ts';
import { contradictionOf } from './settings-layers.ts';
import { embedsInputsOf, layerOf, type StoredLayer, storedLayerSchema } from './stored-layer.ts';
import { copyTensor, decodeTensors, type TensorFile } from './tensor-file.ts';
import { ensembleVersion, format, memberPrefix, singleVersion, tensorName } from './write-safetensors.ts';

/** Version 1 files, which knew numbers alone, are read too: see `checkPreprocessing`. */
const readVersions = ['1', singleVersion, ensembleVersion];
/** How far from 1 the weights of all members may add up to: each was rounded. */
const weightTolerance = 1e-6;

const activationsSchema = z.array(z.enum(activationNames)).check(z.minLength(1));
const originSchema = z.record(z.string(), z.unknown());
const kindsSchema = z.array(storedLayerSchema);
const membersSchema = z
  .array(
    z.strictObject({
      weight: z.number().check(z.positive()),
      layers: z.optional(kindsSchema),
      activations: activationsSchema,
      settings: z.unknown(),
    }),
  )
  .check(z.minLength(1));

/** What the metadata says of a network, and what the names of its tensors begin with. */
interface StoredMember {
  prefix: string;
  kinds: StoredLayer[];
  activations: LayerShape['activation'][];
  /** Read once its tensors are known to be there. */
  settings: () => Trial;
  weight: number;
}

/**
 * The model in the bytes of a file.
 * @param source what messages call the file
 * @throws InputError that says what is wrong with it
 */
export function decodeModel(bytes: Uint8Array, source: string): ModelData {
  return isOnnx(bytes) ? readModel(decodeOnnx(bytes, source), source) : decodeSafetensors(bytes, source);
}

/** The same of a .safetensors file. @throws InputError */
export function decodeSafetensors(bytes: Uint8Array, source: string): ModelData {
  return readModel(decodeTensors(bytes, source), source);
}

function readModel(file: TensorFile, source: string): ModelData {
  const { metadata } = file;
  if (metadata.format !== format) {
    throw notOurs(source, message(models, 'model_of_others'));
  }
  if (!readVersions.includes(metadata.version)) {
    throw notOurs(source, message(models, 'model_version', { version: metadata.version, versions: readVersions }));
  }
  const preprocessing = readPart(file, source, 'preprocessing', checkPreprocessing);
  const origin = readPart(file, source, 'origin', (value) => check(originSchema, value));
  const stored = readMembers(file, source);
  const members = stored.map((member) => readNetwork(file, source, member, preprocessing));
  const layers = members.reduce((count, member) => count + member.layers.length, 0);
  const expected = members.reduce((count, member) => count + modelTensors(member.layers).length, 0);
  if (file.tensors.size !== expected) {
    throw notOurs(source, message(models, 'tensor_count', { count: file.tensors.size, layers, expected }));
  }
  const model: ModelData = { members, preprocessing, origin };
  const losses = new Set(members.map((member) => lossOf({ ...model, members: [member] })));
  if (losses.size > 1) throw notOurs(source, message(models, 'member_losses', { losses: [...losses] }));
  if (metadata.calibration === undefined) return model;
  const calibration = readPart(file, source, 'calibration', (value) => check(calibrationSchema, value));
  if (!suits(calibration, model)) throw notOurs(source, message(models, 'model_calibration'));
  return { ...model, calibration };
}

/** A part of the metadata. @throws InputError naming it */
function readPart<Value>(
  { metadata }: TensorFile,
  source: string,
  name: string,
  checked: (value: unknown) => Value,
): Value {
  return named(source, name, () => checked(parseJson(metadata[name] ?? 'null')));
}

function named<Value>(source: string, name: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InputError || error instanceof SyntaxError)) throw error;
    throw notOurs(source, message(models, 'model_part_unreadable', { name, why: saidBy(error) }));
  }
}

function readMembers(file: TensorFile, source: string): StoredMember[] {
  const { metadata } = file;
  if (metadata.version !== ensembleVersion) {
    const activations = readPart(file, source, 'activations', (value) => check(activationsSchema, value));
    const kinds =
      metadata.layers === undefined ? [] : readPart(file, source, 'layers', (value) => check(kindsSchema, value));
    const settings = () => readPart(file, source, 'settings', checkStoredTrial);
    return [{ prefix: '', kinds, activations, settings, weight: 1 }];
  }
  const members = readPart(file, source, 'members', (value) => check(membersSchema, value));
  const total = members.reduce((sum, { weight }) => sum + weight, 0);
  if (Math.abs(total - 1) > weightTolerance) throw notOurs(source, message(models, 'member_weights', { total }));
  return members.map(({ layers: kinds = [], activations, settings, weight }, m) => ({
    prefix: memberPrefix(m),
    kinds,
    activations,
    settings: () => named(source, `members.${m}.settings`, () => checkStoredTrial(settings)),
    weight,
  }));
}

function readNetwork(
  file: TensorFile,
  source: string,
  { prefix, kinds, activations, settings: readSettings, weight }: StoredMember,
  { features, targets, task }: Preprocessing,
): Member {
  const layers = readLayers(file, source, { prefix, kinds, activations }, featureCount(features));
  for (const tensor of modelTensors(layers)) checkTensor(file, source, tensorName(prefix, tensor), tensor.shape);
  if (layers[layers.length - 1].outputs !== outputCount(targets))
    throw notOurs(source, message(models, 'model_outputs'));
  const settings = readSettings();
  const contradiction = contradictionOf(layers, settings, task);
  if (contradiction) throw notOurs(source, contradiction);
  const parameters = new Float32Array(parameterCount(layers));
  for (const tensor of modelTensors(layers)) {
    const name = tensorName(prefix, tensor);
    const values = parameters.subarray(tensor.offset, tensor.offset + tensor.size);
    copyTensor(file, name, values);
    const count = values.reduce((sum, value) => sum + (Number.isFinite(value) ? 0 : 1), 0);
    if (count > 0) throw notOurs(source, message(models, 'tensor_not_finite', { name, count }));
  }
  return { layers, parameters, settings, weight };
}

/** Follows the tensors from layer to layer; each takes what the one before it gives. */
function readLayers(
  { tensors }: TensorFile,
  source: string,
  { prefix, kinds, activations }: Pick<StoredMember, 'prefix' | 'kinds' | 'activations'>,
  columns: number,
): LayerShape[] {
  if (kinds.length > 0 && kinds.length !== activations.length) {
    throw notOurs(source, message(models, 'layer_kinds', { count: kinds.length, layers: activations.length }));
  }
  let inputs = columns;
  return activations.map((activation, layer) => {
    const stored = kinds[layer] ?? 'dense';
    if (typeof stored !== 'string' && !embedsInputsOf(inputs, stored.embedding)) {
      throw notOurs(source, message(models, 'layer_embedding', { name: `${prefix}layers.${layer}` }));
    }
    const size = layerOf(stored, inputs, (name) => {
      const tensor = tensorName(prefix, { layer, name });
      const side = tensors.get(tensor)?.shape[0] ?? 1;
      if (side < 1) throw notOurs(source, message(models, 'tensor_empty', { name: tensor }));
      return side;
    });
    inputs = size.outputs;
    return { ...size, activation };
  });
}

function checkTensor({ tensors }: TensorFile, source: string, name: string, shape: number[]): void {
  const tensor = tensors.get(name);
  if (!tensor) throw notOurs(source, message(models, 'tensor_missing', { name }));
  const { dtype: type, shape: given } = tensor;
  if (type !== 'F32') throw notOurs(source, message(models, 'tensor_type', { name, type }));
  if (given.join() !== shape.join()) {
    throw notOurs(source, message(models, 'tensor_shape', { name, shape: given, wanted: shape }));
  }
}

function notOurs(source: string, why: Message): InputError {
  return new InputError(message(models, 'not_our_model', { source, why }));
}
