/**
 * A model as PyTorch: `model.py` with what becomes of cells and an `nn.Module`, `train.py` with a loop that goes on training
 * with the same settings, and the file of the model itself, whose tensors both read.
 */
import { modelTensors, perLayer } from '../../engine/parameters.ts';
import { encodeSafetensors } from '../../model/file/write-safetensors.ts';
import { lossOf, type Member, type ModelData } from '../../model/model-data.ts';
import { describeModel, type ExportedFile, type ExportOptions, type ModelDescription } from '../description.ts';
import { exampleCells } from '../example.ts';
import cells from '../python/cells.py?raw';
import { comment, joined } from '../python/source.ts';
import features from './features.py?raw';
import head from './head.py?raw';
import network from './network.py?raw';
import training from './train.py?raw';

/** By their names: `model.py`, `train.py` and `model.safetensors`. */
export type PyTorchFiles = Record<'model.py' | 'train.py' | 'model.safetensors', Uint8Array<ArrayBuffer>>;

export function pytorchFiles(model: ModelData, options: ExportOptions): ExportedFile[] {
  return Object.entries(toPyTorch(model, options)).map(([name, bytes]) => ({ name, bytes }));
}

/** The files of a folder that Python imports from; the first lines of each say how. */
export function toPyTorch(model: ModelData, options: ExportOptions = {}): PyTorchFiles {
  const described = describeModel(model, options);
  const example = exampleCells(described.inputs).map(
    ([column, cell]) => `${JSON.stringify(column)}: ${JSON.stringify(cell)}`,
  );
  const row = `{${example.join(', ')}${example.length < described.inputs.length ? ', ...' : ''}}`;
  const shapes = JSON.stringify(described, withShapes, 1);
  const settings = JSON.stringify(
    model.members.map((member) => settingsOf(member, model)),
    null,
    1,
  );
  const text = (source: string) => new TextEncoder().encode(source);
  return {
    'model.py': text(
      joined(filled(head, { USAGE: usage(described, row), DESCRIPTION: shapes }), cells, features, network),
    ),
    'train.py': text(filled(training, { USAGE: trainingUsage, SETTINGS: settings })),
    'model.safetensors': encodeSafetensors(model),
  };
}

function filled(source: string, parts: Record<string, string>): string {
  return source.replace(/^@(\w+)@$/gm, (_, name) => parts[name]);
}

const withShapes = (key: string, value: unknown) =>
  key === 'tensors'
    ? Object.fromEntries(
        Object.entries(value as ModelDescription['members'][number]['layers'][number]['tensors']).map(
          ([name, { shape }]) => [name, shape],
        ),
      )
    : value;

function usage({ outputs }: ModelDescription, row: string): string {
  const [{ kind }] = outputs;
  const answer =
    kind === 'classes' ? '{"class": ..., "probabilities": {...}}' : '{"value": ..., "low": ..., "high": ...}';
  return comment([
    `Predicts ${outputs.map(({ column }) => JSON.stringify(column)).join(' and ')}. Made by Perceptron Lab.`,
    '',
    '  from model import Model',
    '  model = Model()',
    `  model.predict([${row}])`,
    `  # [${answer}]${kind === 'classes' ? '' : ', low and high where the model has intervals'}`,
    '',
    'Rows are dictionaries, or those of a pandas DataFrame. A missing cell is None, NaN or an empty text; dates are date, datetime',
    'or text such as "2024-05-31". `model(features(rows))` gives the outputs as a tensor. Needs torch and nothing else.',
  ]);
}

const trainingUsage = comment([
  'Goes on training the model with the settings it was trained with. Made by Perceptron Lab.',
  '',
  '  from model import Model',
  '  from train import train',
  '  model = Model()',
  '  train(model, rows, validation=others, epochs=20)',
  '  model.save("trained.safetensors")',
  '',
  'Rows are as in model.py, with the target. Their order and dropout are drawn by torch, so that no two programs train alike.',
]);

/** What a member was trained with. */
function settingsOf({ layers, settings }: Member, model: ModelData) {
  const { hidden, dropout } = settings.model;
  const before = layers.length - 1 - hidden.length;
  return {
    loss: lossOf(model),
    dropout: layers.slice(0, -1).map((_, layer) => (layer < before ? 0 : perLayer(dropout, layer - before))),
    training: settings.training,
    tensors: Object.fromEntries(
      modelTensors(layers).map(({ layer, name, trainable, regularized, learning_rate_scale }) => [
        `layers.${layer}.${name}`,
        { trainable, regularized, learning_rate_scale },
      ]),
    ),
  };
}
