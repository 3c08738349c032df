import type { ExportFormat } from '../../../../export/formats.ts';
import { textOf } from '../../text.ts';

type SaveFormat = 'safetensors' | ExportFormat;

/** In the order in which they are offered: what it is called, and what it is for. */
const formats: Record<SaveFormat, readonly [name: string, use: string]> = {
  safetensors: [
    'safetensors',
    'Everything. Opens again here, on the command line and in the library; its tensors open anywhere.',
  ],
  onnx: ['ONNX', 'For ONNX Runtime in Python, C++, C#, Java or a page, and for whatever else runs ONNX.'],
  js: ['JavaScript', 'One module without dependencies, for a page, Node or a worker: predict(rows).'],
  c: ['C', 'One header of C99 that allocates nothing, for a microcontroller or any program.'],
  python: ['Python', 'ONNX, and perceptron_model.py with predict and predict_proba as in scikit-learn.'],
  pytorch: ['PyTorch', 'model.py with an nn.Module, and train.py, which goes on training it with the same settings.'],
  card: ['Model card', 'Markdown for people: columns, scores, calibration, limits, and how to repeat it.'],
  json: ['JSON', 'Columns, layers and numbers as plain data, for a program of your own.'],
};

/** The dialog that saves a model. */
export const modelExport = {
  title: 'Export the model',
  intro: 'In every format rows go in as they are in your table; gaps, scaling and categories are looked after.',
  formats,
  format: 'Format',
  save: 'Save',
  saving: 'Writing…',
  workerStopped: 'The file could not be written: its worker stopped.',
};

export const modelExportText = textOf('modelExport', modelExport);
