/** A model for Python without a framework: `model.onnx`, and `perceptron_model.py`, which asks it as scikit-learn asks its estimators. */
import type { ModelData } from '../../model/model-data.ts';
import { describeModel, type ExportedFile, type ExportOptions } from '../description.ts';
import { exampleCells } from '../example.ts';
import { toOnnx } from '../onnx/onnx.ts';
import cells from './cells.py?raw';
import head from './head.py?raw';
import model from './model.py?raw';
import { comment, joined } from './source.ts';

export function pythonFiles(data: ModelData, options: ExportOptions): ExportedFile[] {
  return [
    { name: 'perceptron_model.py', bytes: new TextEncoder().encode(toPython(data, options)) },
    { name: 'model.onnx', bytes: toOnnx(data, options) },
  ];
}

/** The text of `perceptron_model.py`; its first lines say how it is used. It is the same for every model but for these. */
function toPython(data: ModelData, options: ExportOptions): string {
  const { inputs, outputs } = describeModel(data, options);
  const row = exampleCells(inputs).map(([column, cell]) => `${JSON.stringify(column)}: ${JSON.stringify(cell)}`);
  const [first] = outputs;
  const more =
    first.kind === 'classes'
      ? ['  model.predict_proba(X), model.classes_']
      : first.half_width === undefined
        ? []
        : ['  low, high = model.predict_interval(X)'];
  const usage = comment([
    `Predicts ${outputs.map(({ column }) => JSON.stringify(column)).join(' and ')}. Made by Perceptron Lab.`,
    '',
    '  from perceptron_model import PerceptronModel',
    '  model = PerceptronModel()',
    `  X = [{${row.join(', ')}${row.length < inputs.length ? ', ...' : ''}}]  # or a DataFrame`,
    '  model.predict(X)',
    ...more,
    '',
    'A missing cell is None, NaN or an empty text; dates are date, datetime or text such as "2024-05-31".',
    'Needs numpy and onnxruntime, and model.onnx beside it.',
  ]);
  return joined(
    head.replace('@USAGE@', () => usage),
    cells,
    model,
  );
}
