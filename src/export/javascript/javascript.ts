/**
 * A model as `predict.js`: one ES module without dependencies, for pages, workers and Node. It holds the code of
 * `runtime.js`, the description of the model and its parameters.
 */
import type { ModelData } from '../../model/model-data.ts';
import { describeModel, type ExportedFile, type ExportOptions, type ModelDescription } from '../description.ts';
import { exampleCells } from '../example.ts';
import { toBase64 } from '../float32.ts';
import runtime from './runtime.js?minified';

/** Nothing but `predict` and what it takes leaves the file. */
const code = runtime.replace('export function', 'function');

export function javascriptFiles(model: ModelData, options: ExportOptions): ExportedFile[] {
  return [{ name: 'predict.js', bytes: new TextEncoder().encode(toJavaScript(model, options)) }];
}

/** The text of an ES module; its first lines say how it is used. */
export function toJavaScript(model: ModelData, options: ExportOptions = {}): string {
  const described = describeModel(model, options);
  const arrays = described.members.flatMap(({ layers }) =>
    layers.flatMap(({ tensors }) => Object.values(tensors).map(({ values }) => values)),
  );
  const shapes = JSON.stringify(described, (key, value) => (key === 'tensors' ? shapesOf(value) : value));
  return `${usage(described)}
const model = ${forScript(shapes)};

/** What a row has: the name and kind of each column, levels, and the range and unit of training. */
export const columns = model.inputs.map(({ from, width, encoding, ...column }) => column);
/** What is predicted. */
export const outputs = model.outputs;

// How rows become answers, for any model.
${code}

// The parameters, as base64 of float32 in the order of \`model\`.
const parameters = '${toBase64(arrays)}';
const bytes = Uint8Array.from(atob(parameters), (letter) => letter.charCodeAt(0));

export const predict = createPredictor(model, new Float32Array(bytes.buffer));
`;
}

function shapesOf(tensors: ModelDescription['members'][number]['layers'][number]['tensors']) {
  return Object.fromEntries(Object.entries(tensors).map(([name, { shape }]) => [name, shape]));
}

/** JSON that may stand within a script of a page. */
const forScript = (json: string) => json.replaceAll('<', '\\u003c');

function usage({ inputs, outputs }: ModelDescription): string {
  const cells = exampleCells(inputs).map(([column, cell]) => `${JSON.stringify(column)}: ${JSON.stringify(cell)}`);
  const answers = outputs.map((output) =>
    output.kind === 'classes'
      ? '{ class, probabilities: { [class]: share } }'
      : `{ value${output.half_width === undefined ? '' : ', low, high'} }`,
  );
  const answer =
    outputs.length === 1
      ? answers[0]
      : `{ targets: { ${outputs.map(({ column }, target) => `${JSON.stringify(column)}: ${answers[target]}`).join(', ')} } }`;
  const lines = [
    `Predicts ${outputs.map(({ column }) => JSON.stringify(column)).join(' and ')}. Made by Perceptron Lab.`,
    '',
    "  import { predict } from './predict.js';",
    `  predict([{ ${cells.join(', ')}${cells.length < inputs.length ? ', ...' : ''} }]);`,
    `  // [${answer}]`,
    '',
    'A cell that is missing is null, undefined, NaN or an empty text. Numbers may be text such as "1234.5"; dates are Date or',
    'text such as "2024-05-31" or "2024-05-31T14:05Z". Columns that no row has, and cells that cannot be read, throw a TypeError.',
  ];
  return `/**\n${lines.map((line) => ` * ${line}`.trimEnd().replaceAll('*/', '*\\/')).join('\n')}\n */`;
}
