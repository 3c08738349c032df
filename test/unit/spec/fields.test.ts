/** The settings as forms, the command line and the URL see them. */
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { activationNames } from '../../../src/spec/activations.ts';
import { checkData, checkTrial } from '../../../src/spec/check.ts';
import { dataSettings } from '../../../src/spec/data-settings.ts';
import {
  dataFields,
  type Field,
  fieldText,
  parseField,
  settingAt,
  settingText,
  trialFields,
  withSetting,
} from '../../../src/spec/fields.ts';
import { optimizerNames, scheduleNames } from '../../../src/spec/optimizer-settings.ts';
import { trialSettings } from '../../../src/spec/settings.ts';

const all = [...trialFields, ...dataFields];

function fieldAt(path: string): Field {
  const found = all.find((field) => field.path === path);
  if (!found) throw new Error(`no field ${path}`);
  return found;
}

describe('fields', () => {
  it('are all there, in the order of the schema, with types and defaults', () => {
    expect(all.map(({ path, type, default: value }) => [path, type, value])).toEqual([
      ['model.hidden', 'list', [64, 64]],
      ['model.activation', 'choice', 'silu'],
      ['model.dropout', 'number', 0.2],
      ['model.embedding.kind', 'choice', 'none'],
      ['model.embedding.frequencies', 'integer', 8],
      ['model.embedding.scale', 'number', 0.1],
      ['model.embedding.learning_rate_factor', 'number', 1],
      ['model.output_activation', 'choice', 'auto'],
      ['model.initializer', 'choice', 'auto'],
      ['training.loss', 'choice', 'auto'],
      ['training.optimizer.kind', 'choice', 'adamw'],
      ['training.optimizer.learning_rate', 'number', 0.01],
      ['training.optimizer.momentum', 'number', 0],
      ['training.optimizer.nesterov', 'boolean', false],
      ['training.optimizer.weight_decay', 'number', 0],
      ['training.optimizer.alpha', 'number', 0.99],
      ['training.optimizer.epsilon', 'number', 1e-8],
      ['training.optimizer.betas', 'list', [0.9, 0.999]],
      ['training.batch_size', 'integer', 16],
      ['training.l1', 'number', 0],
      ['training.l2', 'number', 0],
      ['training.clip_norm', 'number', undefined],
      ['training.label_smoothing', 'number', 0],
      ['training.schedule.kind', 'choice', 'constant'],
      ['training.schedule.warmup', 'number', 0],
      ['training.schedule.every', 'integer', 30],
      ['training.schedule.factor', 'number', 0.1],
      ['training.schedule.final', 'number', 0],
      ['training.schedule.plateau', 'integer', 10],
      ['training.schedule.flat', 'number', 0.5],
      ['training.epochs', 'integer', 200],
      ['training.shuffle', 'boolean', true],
      ['training.seed', 'integer', 10],
      ['training.early_stopping.monitor', 'choice', 'validation_loss'],
      ['training.early_stopping.min_delta', 'number', 0],
      ['training.early_stopping.patience', 'integer', 20],
      ['training.early_stopping.restore_best', 'boolean', true],
      ['training.loss_plateau.tolerance', 'number', 1e-5],
      ['target', 'text', undefined],
      ['task', 'choice', 'auto'],
      ['types', 'choices', {}],
      ['ignore', 'names', []],
      ['numeric', 'choice', 'piecewise_linear'],
      ['scaling', 'choice', 'standardize'],
      ['target_transform', 'choice', 'none'],
      ['clip_predictions', 'boolean', true],
      ['impute', 'choice', 'median'],
      ['missing_indicator', 'boolean', true],
      ['max_levels', 'integer', 100],
      ['merge_spellings', 'boolean', true],
      ['class_weights', 'choice', 'none'],
      ['weights', 'text', undefined],
      ['split.train', 'number', 0.7],
      ['split.validation', 'number', 0.15],
      ['split.test', 'number', 0.15],
      ['split.seed', 'integer', 10],
      ['split.stratify', 'boolean', true],
      ['split.group', 'text', undefined],
      ['split.time', 'text', undefined],
    ]);
  });

  it('say what they are called and what they are', () => {
    for (const field of all) {
      expect(field.label, field.path).toMatch(/^[A-Z]/);
      expect(field.help.length, field.path).toBeGreaterThan(5);
      expect(field.help, field.path).not.toContain('\n');
      if (field.type === 'choice') expect(field.choices, field.path).toContain(field.default);
    }
    expect(fieldAt('training.optimizer.kind').name).toBe('optimizer');
    expect(fieldAt('training.batch_size')).toMatchObject({
      name: 'batch_size',
      unit: 'rows',
      scale: 'log',
      minimum: 1,
      maximum: 1048576,
      explore: [1, 256],
    });
  });

  it('are described as the one value where a list with one for each layer is legal as well', () => {
    expect(all.filter(({ perLayer }) => perLayer).map(({ path }) => path)).toEqual([
      'model.activation',
      'model.dropout',
    ]);
    expect(fieldAt('model.activation').choices).toEqual([...activationNames]);
    expect(fieldAt('model.dropout')).toMatchObject({ minimum: 0, maximum: 1, belowMaximum: true });
  });

  it('know which of them is off without a value', () => {
    expect(all.filter(({ optional }) => optional).map(({ path }) => path)).toEqual([
      'training.clip_norm',
      'weights',
      'split.group',
      'split.time',
    ]);
    expect(fieldAt('training.clip_norm')).toMatchObject({ minimum: 0, aboveMinimum: true });
  });

  it('know the kinds of embedding, optimizer and schedule they belong to', () => {
    expect(all.filter(({ kinds }) => kinds).map(({ path, kinds }) => [path, kinds])).toEqual([
      ['model.embedding.frequencies', ['periodic']],
      ['model.embedding.scale', ['periodic']],
      ['model.embedding.learning_rate_factor', ['periodic']],
      ['training.optimizer.learning_rate', ['sgd', 'rmsprop', 'adam', 'adamw']],
      ['training.optimizer.momentum', ['sgd', 'rmsprop']],
      ['training.optimizer.nesterov', ['sgd']],
      ['training.optimizer.weight_decay', ['sgd', 'rmsprop', 'adam', 'adamw']],
      ['training.optimizer.alpha', ['rmsprop']],
      ['training.optimizer.epsilon', ['rmsprop', 'adam', 'adamw']],
      ['training.optimizer.betas', ['adam', 'adamw']],
      [
        'training.schedule.warmup',
        ['constant', 'step', 'exponential', 'cosine', 'linear', 'reduce_on_plateau', 'flat_cosine'],
      ],
      ['training.schedule.every', ['step']],
      ['training.schedule.factor', ['step', 'exponential', 'reduce_on_plateau']],
      ['training.schedule.final', ['cosine', 'linear', 'flat_cosine']],
      ['training.schedule.plateau', ['reduce_on_plateau']],
      ['training.schedule.flat', ['flat_cosine']],
    ]);
    for (const { path, kinds, kindPath } of all) {
      expect(kindPath, path).toBe(kinds && path.replace(/[^.]*$/, 'kind'));
      expect(kindPath ? fieldAt(kindPath).choices : [], path).toEqual(expect.arrayContaining(kinds ?? []));
    }
    expect(all.filter(({ defaults }) => defaults).map(({ path, defaults }) => [path, defaults])).toEqual([
      ['training.optimizer.learning_rate', { sgd: 0.01, rmsprop: 0.01, adam: 0.001, adamw: 0.001 }],
      ['training.optimizer.weight_decay', { sgd: 0, rmsprop: 0, adam: 0, adamw: 0.01 }],
      ['training.schedule.factor', { step: 0.1, exponential: 0.95, reduce_on_plateau: 0.1 }],
    ]);
  });

  it('know the groups they belong to', () => {
    expect(all.filter(({ group }) => group !== undefined).map(({ path, group }) => [path, group])).toEqual([
      ['training.early_stopping.monitor', 'training.early_stopping'],
      ['training.early_stopping.min_delta', 'training.early_stopping'],
      ['training.early_stopping.patience', 'training.early_stopping'],
      ['training.early_stopping.restore_best', 'training.early_stopping'],
      ['training.loss_plateau.tolerance', 'training.loss_plateau'],
    ]);
  });

  it('have defaults that the check agrees with', () => {
    for (const optimizer of optimizerNames) {
      for (const schedule of scheduleNames) {
        const chosen: Record<string, string> = {
          'training.optimizer.kind': optimizer,
          'training.schedule.kind': schedule,
        };
        let written: Record<string, unknown> = {};
        for (const { path, kinds, kindPath = '', group, optional, default: value, defaults } of trialFields) {
          if (group || optional || (kinds && !kinds.includes(chosen[kindPath]))) continue;
          written = withSetting(written, path, chosen[path] ?? defaults?.[chosen[kindPath]] ?? value);
        }
        const kinds = { optimizer: { kind: optimizer }, schedule: { kind: schedule } };
        expect(checkTrial(written)).toEqual(checkTrial({ training: kinds }));
      }
    }
    let data: Record<string, unknown> = { target: 'y' };
    for (const { path, default: value } of dataFields) if (value !== undefined) data = withSetting(data, path, value);
    expect(checkData(data)).toEqual(checkData({ target: 'y' }));
  });

  it('have names that no other field of theirs has', () => {
    for (const fields of [trialFields, dataFields]) {
      const names = fields.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    }
  });
});

describe('the JSON Schema that zod writes', () => {
  interface Schema
    extends Pick<Field, 'minimum' | 'maximum' | 'label' | 'help' | 'unit' | 'scale' | 'explore' | 'defaultBy'> {
    type?: string;
    properties?: Record<string, Schema>;
    required?: string[];
    additionalProperties?: Schema;
    anyOf?: Schema[];
    oneOf?: Schema[];
    enum?: string[];
    const?: string;
    default?: unknown;
    exclusiveMinimum?: number;
    exclusiveMaximum?: number;
  }

  const schemaOf = (schema: z.ZodMiniType) => z.toJSONSchema(schema, { io: 'input' }) as unknown as Schema;

  /** What it says at a path, once for each kind that has the setting. */
  function saidAt(schema: Schema, [head, ...rest]: string[]): Schema[] {
    if (head === undefined) return [schema];
    return [schema, ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].flatMap(({ properties }) =>
      properties?.[head] ? saidAt(properties[head], rest) : [],
    );
  }

  const groups = [
    { fields: trialFields, schema: schemaOf(z.omit(trialSettings, { initial_parameters: true })) },
    { fields: dataFields, schema: schemaOf(dataSettings) },
  ];
  const pairs = groups.flatMap(({ fields, schema }) =>
    fields.map((field) => ({ field, said: saidAt(schema, field.path.split('.')) })),
  );

  it.each(pairs)('says the same of $field.path', ({ field, said }) => {
    if (field.path.endsWith('.kind')) {
      expect(said.map((one) => one.const)).toEqual(field.choices);
      return;
    }
    expect(said.length).toBe(field.kinds?.length ?? 1);
    for (const key of ['label', 'help', 'unit', 'scale', 'explore', 'defaultBy'] as const)
      expect(field[key]).toEqual(said[0][key]);
    for (const [i, outer] of said.entries()) {
      const inner = field.perLayer ? { ...outer.anyOf?.[0], ...outer } : outer;
      expect(field.defaults?.[field.kinds?.[i] ?? ''] ?? field.default).toEqual(inner.default);
      expect(field.choices).toEqual(inner.enum ?? inner.additionalProperties?.enum);
      expect([field.minimum, field.aboveMinimum ?? false]).toEqual([
        inner.minimum ?? inner.exclusiveMinimum,
        inner.exclusiveMinimum !== undefined,
      ]);
      expect([field.maximum, field.belowMaximum ?? false]).toEqual([
        inner.maximum ?? inner.exclusiveMaximum,
        inner.exclusiveMaximum !== undefined,
      ]);
      const types = { integer: 'integer', number: 'number', boolean: 'boolean', list: 'array', names: 'array' };
      expect(inner.type).toBe({ ...types, text: 'string', choice: 'string', choices: 'object' }[field.type]);
    }
  });
});

describe('withSetting and settingAt', () => {
  it('copy, make groups on the way, and find the value again', () => {
    const settings = { model: { hidden: [1] }, training: { epochs: 3 } };
    const before = structuredClone(settings);
    const changed = withSetting(settings, 'training.early_stopping.patience', 5);
    expect(settings).toEqual(before);
    expect(changed).toEqual({ model: { hidden: [1] }, training: { epochs: 3, early_stopping: { patience: 5 } } });
    expect(withSetting(changed, 'training.epochs', 4)).toMatchObject({ training: { epochs: 4 } });
    for (const { path } of all) expect(settingAt(withSetting(settings, path, 'v'), path)).toBe('v');
    expect(settingAt(settings, 'training.optimizer.kind')).toBeUndefined();
    expect(settingAt(undefined, 'a.b')).toBeUndefined();
    expect(settingAt(null, 'a.b')).toBeUndefined();
  });
});

describe('parseField', () => {
  it.each([
    ['training.epochs', '10', 10],
    ['training.epochs', ' 10 ', 10],
    ['training.epochs', 'ten', 'ten'],
    ['training.epochs', '', ''],
    ['training.optimizer.learning_rate', '1e-3', 0.001],
    ['training.shuffle', 'true', true],
    ['training.shuffle', 'false', false],
    ['training.shuffle', 'yes', 'yes'],
    ['model.hidden', '150, 150', [150, 150]],
    ['model.hidden', '150 150,3', [150, 150, 3]],
    ['model.hidden', '', []],
    ['model.hidden', '64,x', [64, 'x']],
    ['training.optimizer.betas', '0.9,0.99', [0.9, 0.99]],
    ['model.activation', ' relu ', 'relu'],
    ['model.activation', 'relu, tanh', ['relu', 'tanh']],
    ['model.activation', 'relu tanh,', ['relu', 'tanh']],
    ['model.activation', '', ''],
    ['model.dropout', '0.1', 0.1],
    ['model.dropout', '0.1,0.2', [0.1, 0.2]],
    ['model.dropout', '0.1,x', [0.1, 'x']],
    ['model.dropout', '', ''],
    ['training.clip_norm', '1', 1],
    ['target', 'price', 'price'],
    ['ignore', 'a, last name,2020', ['a', 'last name', '2020']],
    ['ignore', '', []],
    ['types', 'zip=category, a=b = date', { zip: 'category', 'a=b': 'date' }],
    ['types', 'zip', { zip: '' }],
    ['types', '', {}],
  ])('%s from %j is %j', (path, text, value) => {
    expect(parseField(fieldAt(path), text)).toEqual(value);
  });

  it('gives back what was shown, of names too', () => {
    const types = { zip: 'category', 'day of birth': 'date' };
    expect(parseField(fieldAt('types'), fieldText(types))).toEqual(types);
    expect(fieldAt('types').choices).toContain('category');
    for (const field of all.filter(({ default: value }) => value !== undefined)) {
      expect(parseField(field, fieldText(field.default)), field.path).toEqual(field.default);
    }
  });
});

describe('a list in words', () => {
  const field = dataFields.find(({ type }) => type === 'names') as Field;
  it.each([[[]], [['none']], [['a', 'none']], [['a', 'b']]])('%j is read again as it was', (value) => {
    expect(parseField(field, settingText(value))).toEqual(value);
  });
});
