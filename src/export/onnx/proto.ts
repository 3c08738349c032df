/**
 * The messages of onnx.proto (https://github.com/onnx/onnx/blob/v1.14.0/onnx/onnx.proto) that our models have, as plain data,
 * and their bytes. Numbers after `pbf.write...(` are those of the fields there.
 */
import { PbfWriter } from 'pbf';

/** A constant. int64 values are numbers here: ours are places and shapes. */
export type Tensor = { name: string; shape: number[] } & (
  | { type: 'float' | 'double' | 'int64'; values: ArrayLike<number> }
  | { type: 'string'; values: readonly string[] }
);

export type ElementType = Tensor['type'];

export type Attribute =
  | { int: number }
  | { float: number }
  | { ints: readonly number[] }
  | { floats: readonly number[] }
  | { strings: readonly string[] };

export interface Node {
  name: string;
  operator: string;
  domain: string;
  inputs: readonly string[];
  outputs: readonly string[];
  attributes: Record<string, Attribute>;
}

/** An input or output of the graph; a side that is a text is known when the graph is run. */
export interface ValueInfo {
  name: string;
  type: ElementType;
  shape: readonly (number | string)[];
  description: string;
}

export interface OnnxModel {
  irVersion: number;
  producer: { name: string; version: string };
  /** Version of each set of operators; that without a name is ONNX's own. */
  operators: Record<string, number>;
  description: string;
  metadata: Record<string, string>;
  graph: { name: string; nodes: Node[]; constants: Tensor[]; inputs: ValueInfo[]; outputs: ValueInfo[] };
}

export const elementTypes: Record<ElementType, number> = { float: 1, int64: 7, string: 8, double: 11 };

export function encodeModel(model: OnnxModel): Uint8Array<ArrayBuffer> {
  const pbf = new PbfWriter();
  pbf.writeVarintField(1, model.irVersion);
  pbf.writeStringField(2, model.producer.name);
  pbf.writeStringField(3, model.producer.version);
  pbf.writeStringField(6, model.description);
  pbf.writeMessage(7, writeGraph, model.graph);
  for (const operators of Object.entries(model.operators)) pbf.writeMessage(8, writeOperatorSet, operators);
  for (const entry of Object.entries(model.metadata)) pbf.writeMessage(14, writeEntry, entry);
  return new Uint8Array(pbf.finish());
}

function writeOperatorSet([domain, version]: [string, number], pbf: PbfWriter): void {
  pbf.writeStringField(1, domain);
  pbf.writeVarintField(2, version);
}

function writeEntry([key, value]: [string, string], pbf: PbfWriter): void {
  pbf.writeStringField(1, key);
  pbf.writeStringField(2, value);
}

function writeGraph({ name, nodes, constants, inputs, outputs }: OnnxModel['graph'], pbf: PbfWriter): void {
  for (const node of nodes) pbf.writeMessage(1, writeNode, node);
  pbf.writeStringField(2, name);
  for (const constant of constants) pbf.writeMessage(5, writeTensor, constant);
  for (const input of inputs) pbf.writeMessage(11, writeValueInfo, input);
  for (const output of outputs) pbf.writeMessage(12, writeValueInfo, output);
}

function writeNode({ name, operator, domain, inputs, outputs, attributes }: Node, pbf: PbfWriter): void {
  for (const input of inputs) pbf.writeStringField(1, input);
  for (const output of outputs) pbf.writeStringField(2, output);
  pbf.writeStringField(3, name);
  pbf.writeStringField(4, operator);
  for (const attribute of Object.entries(attributes)) pbf.writeMessage(5, writeAttribute, attribute);
  if (domain) pbf.writeStringField(7, domain);
}

function writeAttribute([name, value]: [string, Attribute], pbf: PbfWriter): void {
  const type = (number: number) => pbf.writeVarintField(20, number);
  pbf.writeStringField(1, name);
  if ('float' in value) {
    pbf.writeFloatField(2, value.float);
    type(1);
  } else if ('int' in value) {
    pbf.writeVarintField(3, value.int);
    type(2);
  } else if ('floats' in value) {
    for (const float of value.floats) pbf.writeFloatField(7, float);
    type(6);
  } else if ('ints' in value) {
    for (const int of value.ints) pbf.writeVarintField(8, int);
    type(7);
  } else {
    for (const text of value.strings) pbf.writeStringField(9, text);
    type(8);
  }
}

function writeTensor(tensor: Tensor, pbf: PbfWriter): void {
  for (const side of tensor.shape) pbf.writeVarintField(1, side);
  pbf.writeVarintField(2, elementTypes[tensor.type]);
  pbf.writeStringField(8, tensor.name);
  if (tensor.type === 'string') {
    for (const text of tensor.values) pbf.writeStringField(6, text);
    return;
  }
  // `raw_data`: little-endian, one after another.
  pbf.writeMessage(9, writeNumbers, tensor);
}

function writeNumbers({ type, values }: Exclude<Tensor, { type: 'string' }>, pbf: PbfWriter): void {
  if (type === 'float') for (let i = 0; i < values.length; i++) pbf.writeFloat(values[i]);
  else if (type === 'double') for (let i = 0; i < values.length; i++) pbf.writeDouble(values[i]);
  else for (let i = 0; i < values.length; i++) pbf.writeSFixed64(values[i]);
}

function writeValueInfo({ name, type, shape, description }: ValueInfo, pbf: PbfWriter): void {
  pbf.writeStringField(1, name);
  pbf.writeMessage(2, writeType, { type, shape });
  pbf.writeStringField(3, description);
}

type TensorType = Pick<ValueInfo, 'type' | 'shape'>;

function writeType(tensor: TensorType, pbf: PbfWriter): void {
  pbf.writeMessage(1, writeTensorType, tensor);
}

function writeTensorType({ type, shape }: TensorType, pbf: PbfWriter): void {
  pbf.writeVarintField(1, elementTypes[type]);
  pbf.writeMessage(2, writeShape, shape);
}

function writeShape(shape: TensorType['shape'], pbf: PbfWriter): void {
  for (const side of shape) pbf.writeMessage(1, writeSide, side);
}

function writeSide(side: number | string, pbf: PbfWriter): void {
  if (typeof side === 'number') pbf.writeVarintField(1, side);
  else pbf.writeStringField(2, side);
}
