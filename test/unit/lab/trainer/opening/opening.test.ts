/** What a table is opened with, without a page. */
import { expect, test } from 'vitest';
import { startingForm } from '../../../../../src/lab/shared/form.ts';
import { openingOf } from '../../../../../src/lab/trainer/opening/opening.ts';

const start = startingForm();
const form = { ...start, data: { ...start.data, target: 'y', types: { a: 'category' as const } } };
const open = { sample: 'curve' };
const known = { controls: { form }, source: open, linked: undefined };

test('the table that is open keeps what the controls say of its columns; another has its own', () => {
  expect(openingOf(open, {}, known).data).toMatchObject({ types: form.data.types });
  expect(openingOf({ sample: 'moons' }, {}, known).data).not.toHaveProperty('types');
});

test('what it brings goes before the controls, which are not asked where they have a problem', () => {
  const data = { target: 'x' };
  expect(openingOf(open, { data }, known).data).toBe(data);
  const problems = new Map([['data.target', 'no']]);
  expect(openingOf(open, {}, { ...known, controls: { form: { ...form, problems } } }).data).toEqual({});
});

test('the file that a link has waited for is read, and opened, as the link says', () => {
  const linked = {
    missing: 'own.csv',
    reading: { delimiter: ';' as const },
    opening: { data: { target: 'z' }, plan_code: 'cpu:simd' },
    problems: [],
    unrepeated: false,
  };
  const file = new File(['a;z'], 'own.csv');
  const { source, data, plan_code } = openingOf(file, { data: {} }, { ...known, linked });
  expect(source).toEqual({ name: 'own.csv', file, reading: { delimiter: ';' } });
  expect([data, plan_code]).toEqual([{ target: 'z' }, 'cpu:simd']);
  const other = openingOf(new File([''], 'other.csv'), {}, { ...known, linked });
  expect(other.source).toBeInstanceOf(File);
  expect(other.plan_code).toBeUndefined();
});
