/** Every activation, loss, optimizer and schedule has all its places: those of docs/adding.md that do not fail to compile without it. */
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { activations as activationCode } from '../../../src/engine/reference/activations.ts';
import { losses as lossCode } from '../../../src/engine/reference/losses.ts';
import { optimizers as optimizerCode } from '../../../src/engine/reference/optimizers.ts';
import { changeLanguage, helpOf } from '../../../src/lab/i18n/language.ts';
import { activationFacts } from '../../../src/lab/network/activation-facts.ts';
import { activationNames } from '../../../src/spec/activations.ts';
import { trialFields } from '../../../src/spec/fields.ts';
import { lossNames, lossTable } from '../../../src/spec/losses.ts';
import { optimizerNames, scheduleNames } from '../../../src/spec/optimizer-settings.ts';
import { optimizerTable, updateNames, updateTable } from '../../../src/spec/optimizers.ts';
import { functions, losses, updates } from '../../parity/numbers/numbers-cases.ts';

const read = (file: string) => readFileSync(file, 'utf8');

/** How often a kernel's source says this name, imports apart. */
function mentions(file: string, name: string): number {
  const code = read(file).replace(/^import [^;]*;/gm, '');
  return code.match(new RegExp(`\\b${name}\\b`, 'g'))?.length ?? 0;
}

const kernel = (file: string) => `src/engine/cpu/kernels/${file}.ts`;
const documented = (name: string) => read('docs/functions.md').includes(`| \`${name}\``);
const inTrainPy = (name: string) => read('src/export/pytorch/train.py').includes(`"${name}"`);
const hangul = /[가-힣]/;

/** Where the page says which language it is in. */
vi.stubGlobal('document', { documentElement: {} });
vi.stubGlobal('window', new EventTarget());
afterEach(() => changeLanguage('en'));
afterAll(() => void vi.unstubAllGlobals());

describe.each(activationNames)('activation %s', (name) => {
  const constant = `ACTIVATION_${name.toUpperCase()}`;

  it('is in every engine', () => {
    expect(activationCode).toHaveProperty(name);
    expect(mentions('shaders/lib/activations.wgsl', constant), 'activate and derivative').toBe(2);
    expect(mentions(kernel('activation'), constant)).toBe(1);
  });

  it('is tested in every engine', () => {
    expect(functions.filter(({ activation }) => activation === name).length).toBeGreaterThan(0);
    expect(functions.filter(({ output_activation }) => output_activation === name).length).toBeGreaterThan(0);
    expect(read('test/unit/engine/cpu/cpu-functions.test.ts')).toContain(`'${name}'`);
  });

  it('is explained, in Korean too', async () => {
    expect(documented(name)).toBe(true);
    const { formula, range, note } = activationFacts(name);
    expect([formula, range, note].every(Boolean)).toBe(true);
    await changeLanguage('ko');
    expect(activationFacts(name).note).toMatch(hangul);
  });
});

describe.each(lossNames)('loss %s', (name) => {
  const constant = `LOSS_${name.toUpperCase()}`;

  it('is in every engine', () => {
    expect(lossCode).toHaveProperty(name);
    if (lossTable[name].jointly) expect(mentions('shaders/kernels/evaluate.wgsl', constant)).toBe(1);
    else expect(mentions('shaders/lib/losses.wgsl', constant), 'loss_value and loss_derivative').toBe(2);
    expect(mentions(kernel('loss'), constant)).toBeGreaterThan(0);
  });

  it('is in the training that is exported', () => {
    expect(inTrainPy(name)).toBe(true);
  });

  it('is tested in every engine', () => {
    expect(losses.filter(({ loss }) => loss === name).length).toBeGreaterThan(0);
  });

  it('is explained', () => {
    expect(documented(name)).toBe(true);
  });
});

it('each task has one loss under auto', () => {
  const tasks = lossNames.flatMap((name) => lossTable[name].autoFor ?? []);
  expect(tasks.sort()).toEqual(['binary', 'multiclass', 'regression']);
});

describe.each(optimizerNames)('optimizer %s', (name) => {
  it('is in every engine', () => {
    expect(optimizerCode).toHaveProperty(name);
    const { update } = optimizerTable[name];
    expect(mentions(kernel('optimizer'), `UPDATE_${update.toUpperCase()}`)).toBeGreaterThan(0);
  });

  it('is in the training that is exported', () => {
    expect(inTrainPy(name)).toBe(true);
  });

  it('is tested in every engine', () => {
    expect(updates.filter(({ optimizer }) => optimizer === name).length).toBeGreaterThan(1);
  });

  it('has settings that are explained, in Korean too', async () => {
    expect(documented(name)).toBe(true);
    const own = trialFields.filter(
      ({ path, kinds }) => path.startsWith('training.optimizer.') && kinds?.includes(name),
    );
    expect(own.length).toBeGreaterThan(1);
    await changeLanguage('ko');
    for (const field of own) expect(helpOf(field, 'trial')).toMatch(hangul);
  });
});

describe.each(scheduleNames)('schedule %s', (name) => {
  it('is tested in every engine', () => {
    expect(updates.filter(({ numbers }) => numbers?.schedule?.kind === scheduleNames.indexOf(name)).length).toBe(1);
  });

  it('is in the training that is exported', () => {
    expect(inTrainPy(name)).toBe(true);
  });

  it('is in the kernels, unless the host does it between epochs', () => {
    const constant = `SCHEDULE_${name.toUpperCase()}`;
    const inKernels = name !== 'constant' && name !== 'reduce_on_plateau';
    expect(mentions('shaders/lib/schedule.wgsl', constant) > 0).toBe(inKernels);
  });

  it('is explained', () => {
    expect(documented(name)).toBe(true);
  });
});

describe.each(updateNames)('update %s', (name) => {
  it('is in both plans', () => {
    const constant = `UPDATE_${name.toUpperCase()}`;
    expect(mentions('shaders/lib/optimizers.wgsl', constant)).toBe(1);
    expect(mentions('shaders/resident/update.wgsl', constant)).toBeGreaterThan(0);
  });

  it('keeps what kernels have room for', () => {
    expect(updateTable[name].state.length).toBeLessThanOrEqual(2);
  });
});
