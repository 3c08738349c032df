/** Runs .onnx files on the rows of a table, in both builds of ONNX Runtime: native code for Node, WebAssembly for browsers. */
import * as native from 'onnxruntime-node';
import * as wasm from 'onnxruntime-web';
import { findColumn, numbersOf } from '../../../src/data/table/columns.ts';
import { daysOfColumn } from '../../../src/data/table/dates.ts';
import { asText } from '../../../src/data/table/levels.ts';
import { type Column, type NumberColumn, type Table, textOf } from '../../../src/data/table/table.ts';
import { describeModel, type InputDescription, type NumberOutput } from '../../../src/export/description.ts';
import type { Model } from '../../../src/model/model.ts';

// Graphs as small as these are slower on more threads.
wasm.env.wasm.numThreads = 1;
const options = { intraOpNumThreads: 1, interOpNumThreads: 1 };

export const runtimes = { 'onnxruntime-node': native, 'onnxruntime-web': wasm };
export type Runtime = (typeof runtimes)[keyof typeof runtimes];

/** What docs/export.md says of them: their share of the target's scale that an answer may be off. */
export const tolerance = 1e-4;

/** The cells of an input: numbers, days since 1970-01-01 or texts; NaN or no text where one is missing. */
function cellsOf(column: Column, input: InputDescription): Float64Array | string[] {
  if (input.kind === 'number') return Float64Array.from(numbersOf(column));
  if (input.kind === 'date') return daysOfColumn(column, input.format);
  const text = asText(column);
  return Array.from(text.codes, (_, row) => textOf(text, row));
}

export interface OnnxAnswers {
  /** By the names of the outputs, [row, column]. */
  values: Record<string, ArrayLike<number | string>>;
  /** `inputMetadata` and `outputMetadata` of the session: what it has inferred. */
  inputs: readonly unknown[];
  outputs: readonly unknown[];
}

/** @param bytes of the model's file */
export async function runOnnx(runtime: Runtime, bytes: Uint8Array, model: Model, table: Table): Promise<OnnxAnswers> {
  const session = await runtime.InferenceSession.create(bytes, options);
  const { inputs } = describeModel(model);
  const feeds = session.inputNames.map((name, index) => {
    const cells = cellsOf(findColumn(table, inputs[index].column), inputs[index]);
    const { Tensor } = runtime;
    const shape = [table.rows, 1];
    return [name, Array.isArray(cells) ? new Tensor('string', cells, shape) : new Tensor('float64', cells, shape)];
  });
  const answers = Object.entries(await session.run(Object.fromEntries(feeds)));
  await session.release();
  return {
    values: Object.fromEntries(answers.map(([name, { data }]) => [name, data as ArrayLike<number | string>])),
    inputs: session.inputMetadata,
    outputs: session.outputMetadata,
  };
}

/**
 * How far answers are from `predict`: of numbers |a - b| / max(1, |b|) in the units that the network was trained in, which are
 * standard deviations of the target unless it was not scaled; of probabilities |a - b|; Infinity where a class is another.
 */
export function largestError(model: Model, table: Table, values: OnnxAnswers['values']): number {
  const columns = model.predict(table);
  const named = (name: string) => columns.find((column) => column.name === name) as Column;
  const errors = describeModel(model).outputs.flatMap((output) => {
    if (output.kind === 'classes') {
      const shares = output.classes.map((name) => named(`probability_${name}`) as NumberColumn);
      return [
        errorOfTexts(named(`predicted_${output.column}`), values[`predicted_${output.column}`]),
        ...shares.map((share, index) => errorOfShares(share, values.probabilities, index, shares.length)),
      ];
    }
    const kinds = output.half_width === undefined ? ['predicted'] : ['predicted', 'low', 'high'];
    const names = kinds.map((kind) => `${kind}_${output.column}`);
    return names.map((name) => errorOfNumbers(named(name) as NumberColumn, values[name], output));
  });
  return Math.max(...errors);
}

const largest = (count: number, errorAt: (row: number) => number) =>
  Math.max(...Array.from({ length: count }, (_, row) => errorAt(row)));

function errorOfTexts(column: Column, values: ArrayLike<number | string>): number {
  return largest(values.length, (row) => (values[row] === textOf(column, row) ? 0 : Number.POSITIVE_INFINITY));
}

function errorOfShares(column: NumberColumn, values: ArrayLike<number | string>, from: number, width: number): number {
  return largest(column.values.length, (row) => Math.abs(Number(values[row * width + from]) - column.values[row]));
}

function errorOfNumbers(column: NumberColumn, values: ArrayLike<number | string>, output: NumberOutput): number {
  const trained = (value: number) => ((output.log ? Math.log1p(value) : value) - output.offset) / output.scale;
  return largest(column.values.length, (row) => {
    const wanted = trained(column.values[row]);
    return Math.abs(trained(Number(values[row])) - wanted) / Math.max(1, Math.abs(wanted));
  });
}
