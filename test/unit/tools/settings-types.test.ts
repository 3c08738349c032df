/** The written types of settings say what the schemas do. That they are equal is for the compiler: `npm run types`. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, expectTypeOf, test } from 'vitest';
import type * as z from 'zod/mini';
import type { dataSettings } from '../../../src/spec/data-settings.ts';
import type { fitSettings } from '../../../src/spec/fit-settings.ts';
import type { readingSettings } from '../../../src/spec/reading-settings.ts';
import type { trialSettings } from '../../../src/spec/settings.ts';
import type { sweepSettings } from '../../../src/spec/sweep-settings.ts';
import type { DataSettings, DataSettingsInput } from '../../../src/spec/types/data.ts';
import type { FitSettings, FitSettingsInput } from '../../../src/spec/types/fit.ts';
import type { ReadingInput, ReadingSettings } from '../../../src/spec/types/reading.ts';
import type { Sweep, SweepInput } from '../../../src/spec/types/sweep.ts';
import type { Trial, TrialInput } from '../../../src/spec/types/trial.ts';
import { settingsTypes } from '../../../tools/settings-types.ts';

/** Line by line, without what a formatter adds: spaces, and a bar before the first of several types. */
const bare = (code: string) =>
  code
    .replace(/\s+/g, '')
    .replace(/([=:])\|/g, '$1')
    .split(/(?<=;)/);

test('the files are what the schemas make: else `npm run settings-types`', () => {
  const made = settingsTypes();
  expect(readdirSync('src/spec/types').sort()).toEqual(Object.keys(made).sort());
  for (const [file, text] of Object.entries(made)) {
    expect(bare(readFileSync(`src/spec/types/${file}`, 'utf8')), file).toEqual(bare(text));
  }
});

test('a comment says unit, range and default', () => {
  const { 'trial.ts': trial, 'model.ts': model, 'sweep.ts': sweep } = settingsTypes();
  expect(trial).toContain(`/**
 * Rows whose mean gradient makes one step.
 * Whole number of rows from 1 to 1,048,576.
 * @defaultValue by the table: a fiftieth of the training rows, as a power of two from 16 to 256
 */
batch_size?: number;`);
  expect(trial).toContain(' * Number above 0.\n * @defaultValue none\n */\nclip_norm?: number;');
  expect(trial).toContain(
    ' * @defaultValue on; `false` is off\n */\nearly_stopping?: EarlyStoppingSettingsInput | false;',
  );
  expect(model).toContain(' * Number from 0 to below 1, or a list of such.\n * @defaultValue `0.2`\n */\ndropout?:');
  expect(sweep).toContain(' * Whole number from 1 to 10,000, or whole numbers, each from 0 to 4,294,967,295.\n');
});

test('the types are those that zod infers', () => {
  expectTypeOf<TrialInput>().toEqualTypeOf<z.input<typeof trialSettings>>();
  expectTypeOf<Trial>().toEqualTypeOf<z.output<typeof trialSettings>>();
  expectTypeOf<DataSettingsInput>().toEqualTypeOf<z.input<typeof dataSettings>>();
  expectTypeOf<DataSettings>().toEqualTypeOf<z.output<typeof dataSettings>>();
  expectTypeOf<ReadingInput>().toEqualTypeOf<z.input<typeof readingSettings>>();
  expectTypeOf<ReadingSettings>().toEqualTypeOf<z.output<typeof readingSettings>>();
  expectTypeOf<FitSettingsInput>().toEqualTypeOf<z.input<typeof fitSettings>>();
  expectTypeOf<FitSettings>().toEqualTypeOf<z.output<typeof fitSettings>>();
  expectTypeOf<SweepInput>().toEqualTypeOf<z.input<typeof sweepSettings>>();
  expectTypeOf<Sweep>().toEqualTypeOf<z.output<typeof sweepSettings>>();
});
