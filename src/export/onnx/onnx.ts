/**
 * A model as an ONNX graph that takes the columns as they are in the table and answers in original units and class names.
 * Its inputs, outputs and metadata: docs/export.md. It is written from the description of the model alone.
 */
import { storedKey } from '../../model/file/onnx-file.ts';
import { prefixOf, storedModel } from '../../model/file/write-safetensors.ts';
import type { ModelData } from '../../model/model-data.ts';
import { describeModel, type ExportedFile, type ExportOptions } from '../description.ts';
import { averageOutputs } from './answers.ts';
import { Graph, operators } from './graph.ts';
import { addInputs, encodeFeatures } from './inputs.ts';
import { applyMember } from './layers.ts';
import { metadataOf, summaryOf } from './metadata.ts';
import { addAnswers, nameOutputs } from './outputs.ts';
import { encodeModel } from './proto.ts';

/** Of ONNX 1.12, the first release with these operators. */
const irVersion = 8;

export function onnxFiles(model: ModelData, options: ExportOptions): ExportedFile[] {
  return [{ name: 'model.onnx', bytes: toOnnx(model, options) }];
}

/**
 * The bytes of an .onnx file.
 * @throws InputError where the level of intervals that was asked for cannot be had
 */
export function toOnnx(model: ModelData, options: ExportOptions = {}): Uint8Array<ArrayBuffer> {
  const description = describeModel(model, options);
  const graph = new Graph();
  const { metadata, tensors } = storedModel(model);
  // Names that are known from outside come first: what is within makes way.
  for (const { name } of tensors) graph.unique(name);
  const inputs = addInputs(graph, description.inputs);
  const outputs = nameOutputs(graph, description.outputs);
  for (const { name, shape, values } of tensors) graph.constant({ type: 'float', values, shape }, name);
  const features = graph.within('features', () => encodeFeatures(graph, inputs));
  const members = description.members.map((member, index) => ({
    value: applyMember(graph, member, prefixOf(model, index), features),
    weight: member.weight,
  }));
  graph.within('answers', () => {
    const { average, temperature } = description;
    addAnswers(graph, description, outputs, averageOutputs(graph, members, average, temperature));
  });
  return encodeModel({
    irVersion,
    producer: { name: 'perceptron-lab', version: __VERSION__ },
    operators,
    description: summaryOf(description),
    metadata: { ...metadataOf(description, inputs, outputs), [storedKey]: JSON.stringify(metadata) },
    graph: graph.content,
  });
}
