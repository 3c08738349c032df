/** The file of an ensemble or of a calibrated model, and what is said of one that is broken. */
import { describe, expect, it } from 'vitest';
import { loadModel } from '../../../../src/model/file/load-model.ts';
import { decodeSafetensors } from '../../../../src/model/file/safetensors.ts';
import { encodeSafetensors } from '../../../../src/model/file/write-safetensors.ts';
import { saveModel } from '../../../../src/model/model.ts';
import type { ModelCalibration } from '../../../../src/model/model-data.ts';
import { InputError } from '../../../../src/util/errors.ts';
import { contentsOf, ensembleOf, putTogether, rebuilt, takeApart } from '../../../support/models/safetensors.ts';

const conformal: ModelCalibration = { kind: 'conformal', residuals: [[0.1, 0.2, 0.2, 0.5]], rows: 4, coverage: 0.75 };

describe('the file of an ensemble', () => {
  const model = ensembleOf();
  const bytes = encodeSafetensors(model);
  const { header, data } = takeApart(bytes);

  it('has the tensors of every member, one after the other', () => {
    const { __metadata__: metadata, ...tensors } = header;
    expect(Object.keys(tensors)).toEqual([
      ...[0, 1].flatMap((layer) => [`members.0.layers.${layer}.weight`, `members.0.layers.${layer}.bias`]),
      ...[0, 1, 2].flatMap((layer) => [`members.1.layers.${layer}.weight`, `members.1.layers.${layer}.bias`]),
    ]);
    expect(tensors['members.1.layers.0.weight']).toEqual({ dtype: 'F32', shape: [4, 2], data_offsets: [52, 84] });
    expect(metadata).toMatchObject({ format: 'perceptron-lab', version: '3' });
    expect(Object.keys(metadata ?? {})).toEqual(['format', 'version', 'members', 'preprocessing', 'origin']);
    expect(JSON.parse(metadata?.members ?? '')).toEqual(
      model.members.map(({ weight, layers, settings }) => ({
        weight,
        activations: layers.map(({ activation }) => activation),
        settings,
      })),
    );
  });

  it('is read as it was written', () => {
    expect(decodeSafetensors(bytes, 'model')).toEqual(model);
    expect(saveModel(loadModel(bytes))).toEqual(bytes);
  });

  it('keeps what its answers are calibrated by', () => {
    const calibrated = { ...model, calibration: conformal };
    expect(decodeSafetensors(encodeSafetensors(calibrated), 'model')).toEqual(calibrated);
  });

  it('may have one member, where that is calibrated', () => {
    const calibrated = { ...contentsOf(2, [3], 1), calibration: conformal };
    const file = encodeSafetensors(calibrated);
    expect(takeApart(file).header.__metadata__?.version).toBe('3');
    expect(decodeSafetensors(file, 'model')).toEqual(calibrated);
  });

  // biome-ignore lint/suspicious/noExplicitAny: a part that is broken on purpose
  type Change = (value: any) => void;
  const changed = (name: string, change: Change, given = header) => {
    const part = JSON.parse(given.__metadata__?.[name] ?? '');
    change(part);
    return putTogether({ ...given, __metadata__: { ...given.__metadata__, [name]: JSON.stringify(part) } }, data);
  };
  const calibrated = (calibration: unknown) => {
    const metadata = { ...header.__metadata__, calibration: JSON.stringify(calibration) };
    return putTogether({ ...header, __metadata__: metadata }, data);
  };
  const ours = 'model.safetensors is not a model of Perceptron Lab';

  it.each<[string, Uint8Array, string]>([
    [
      'no members',
      changed('members', (members) => members.splice(0)),
      'its members cannot be read (give at least 1 value)',
    ],
    [
      'fewer members than tensors',
      changed('members', (members) => {
        members.pop();
        members[0].weight = 1;
      }),
      'it has 10 tensors where 2 layers make 4',
    ],
    [
      'more members than tensors',
      changed('members', (members) => {
        members.push({ ...members[0], weight: 0.5 });
        members[1].weight = 0.25;
      }),
      'it has no tensor members.2.layers.0.weight',
    ],
    [
      'no tensor',
      rebuilt(bytes, ({ tensors }) => delete tensors['members.1.layers.2.bias']),
      'it has no tensor members.1.layers.2.bias',
    ],
    [
      'a tensor of another shape',
      putTogether(
        {
          ...header,
          'members.1.layers.0.weight': { ...(header['members.1.layers.0.weight'] as object), shape: [2, 4] },
        },
        data,
      ),
      'members.1.layers.0.weight has shape [2, 4], not [2, 2]',
    ],
    [
      'a tensor too many',
      rebuilt(bytes, ({ tensors }) => {
        tensors['layers.0.bias'] = tensors['members.0.layers.0.bias'];
      }),
      'it has 11 tensors where 5 layers make 10',
    ],
    [
      'weights that do not add up to 1',
      changed('members', (members) => (members[0].weight = 0.5)),
      'the weights of its members add up to 1.25, not to 1',
    ],
    [
      'a weight of 0',
      changed('members', (members) => (members[0].weight = 0)),
      'its members cannot be read (0.weight: 0 is too small; give a value above 0)',
    ],
    [
      'a weight that is no number',
      changed('members', (members) => (members[1].weight = Number.NaN)),
      'its members cannot be read (1.weight: null is not a number)',
    ],
    [
      'a member without settings',
      changed('members', (members) => (members[1].settings = 3)),
      'its members.1.settings cannot be read (3 is not a group of settings)',
    ],
    [
      'a member whose settings have other layers than its tensors',
      changed('members', (members) => (members[1].settings.model.hidden = [4, 3])),
      'its settings have model.hidden [4,3], its layers have [4,2]',
    ],
    [
      'a member of another loss',
      changed('members', (members) => (members[1].settings.training.loss = 'mae')),
      'its members were trained with different losses (mse, mae)',
    ],
    [
      'a temperature for numbers',
      calibrated({ kind: 'temperature', temperature: 2, rows: 9 }),
      'its calibration is that of another kind of model',
    ],
    [
      'residuals of two targets',
      calibrated({ ...conformal, residuals: [[1], [1]] }),
      'its calibration is that of another kind of model',
    ],
    [
      'residuals that fall',
      calibrated({ ...conformal, residuals: [[2, 1]] }),
      'its calibration cannot be read (residuals.0: its values have to rise)',
    ],
    [
      'residuals that are no numbers',
      calibrated({ ...conformal, residuals: [[1, null]] }),
      'its calibration cannot be read (residuals.0.1: null is not a number)',
    ],
    [
      'another calibration',
      calibrated({ kind: 'isotonic' }),
      'its calibration cannot be read (kind: "isotonic" is not known; choose temperature or conformal)',
    ],
  ])('%s', (_, file, why) => {
    expect(() => decodeSafetensors(file, 'model.safetensors')).toThrow(InputError);
    expect(() => decodeSafetensors(file, 'model.safetensors')).toThrow(`${ours}: ${why}.`);
  });
});
