/** Takes .onnx files apart, for tests of what is in them. Numbers are those of the fields in onnx.proto. */
import { PbfReader } from 'pbf';

export interface OnnxFile {
  irVersion: number;
  producer: string;
  /** Versions by their domains. */
  operators: Record<string, number>;
  metadata: Record<string, string>;
  nodes: { operator: string; domain: string; inputs: string[]; outputs: string[] }[];
  /** Bytes by their names. */
  constants: Record<string, Uint8Array>;
  /** What is said of each, by its name. */
  inputs: Record<string, string>;
  outputs: Record<string, string>;
}

export function takeApart(bytes: Uint8Array): OnnxFile {
  const model = fieldsOf(bytes);
  const graph = fieldsOf(model.messages(7)[0]);
  const described = (fields: Fields[]) => Object.fromEntries(fields.map((value) => [value.text(1), value.text(3)]));
  return {
    irVersion: model.number(1),
    producer: `${model.text(2)} ${model.text(3)}`,
    operators: Object.fromEntries(
      model
        .messages(8)
        .map(fieldsOf)
        .map((set) => [set.text(1), set.number(2)]),
    ),
    metadata: Object.fromEntries(
      model
        .messages(14)
        .map(fieldsOf)
        .map((entry) => [entry.text(1), entry.text(2)]),
    ),
    nodes: graph
      .messages(1)
      .map(fieldsOf)
      .map((node) => ({
        operator: node.text(4),
        domain: node.text(7),
        inputs: node.messages(1).map(textOf),
        outputs: node.messages(2).map(textOf),
      })),
    constants: Object.fromEntries(
      graph
        .messages(5)
        .map(fieldsOf)
        .map((tensor) => [tensor.text(8), tensor.messages(9)[0] ?? new Uint8Array()]),
    ),
    inputs: described(graph.messages(11).map(fieldsOf)),
    outputs: described(graph.messages(12).map(fieldsOf)),
  };
}

const textOf = (bytes: Uint8Array = new Uint8Array()) => new TextDecoder('utf-8', { fatal: true }).decode(bytes);

type Fields = ReturnType<typeof fieldsOf>;

/** The fields of a message that holds none of a fixed size: whole numbers, and bytes of texts and messages. */
function fieldsOf(bytes: Uint8Array) {
  const fields = new Map<number, (number | Uint8Array)[]>();
  const pbf = new PbfReader(bytes);
  for (let field = pbf.nextField(); field !== 0; field = pbf.nextField()) {
    const own = fields.get(field) ?? [];
    fields.set(field, own);
    own.push(pbf.type === 0 ? pbf.readVarint() : pbf.readBytes());
  }
  const messages = (field: number) => (fields.get(field) ?? []) as Uint8Array[];
  return {
    messages,
    number: (field: number) => Number(fields.get(field)?.[0]),
    text: (field: number) => textOf(messages(field)[0]),
  };
}
