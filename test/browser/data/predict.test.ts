/** Predicting in the page: a row, a file, a model from elsewhere. */

import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCsv } from '../../../src/data/read/csv.ts';
import { requestEngine } from '../../../src/engine/request.ts';
import { saveModel } from '../../../src/model/model.ts';
import { onlyMember } from '../../../src/model/model-data.ts';
import { prepare, train } from '../../support/first-defaults.ts';
import { putTogether } from '../../support/models/safetensors.ts';
import { offences } from '../support/axe.ts';
import { type Lab, launch, withLab } from '../support/lab.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const people = [
  'age,city,answer',
  ...Array.from(
    { length: 60 },
    (_, row) => `${20 + (row % 40)},${['Seoul', 'Busan', 'Daegu'][row % 3]},${row % 40 < 20 ? 'no' : 'yes'}`,
  ),
].join('\n');

async function looks(lab: Lab): Promise<void> {
  await lab.page.locator('lab-predict summary').first().click();
  await lab.page.locator('#answer').waitFor();
}

async function answer(lab: Lab): Promise<string> {
  return ((await lab.page.locator('#answer').textContent()) ?? '').trim();
}

async function batch(lab: Lab, name: string, text: string): Promise<void> {
  const buffer = Buffer.from(text);
  await lab.page.locator('lab-predict-file input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer });
}

/** Types into the field of a column. */
async function types(lab: Lab, column: string, text: string): Promise<void> {
  await lab.page.locator(`lab-predict-field[data-column="${column}"]`).getByRole('textbox').fill(text);
}

describe('a row', () => {
  it('is answered as the run trains, and what cannot be used is said at its field', async () => {
    await withLab(browser, async (lab) => {
      await lab.reaches('done');
      await looks(lab);
      const early = await answer(lab);
      // Another seed comes to another answer, so that what is waited for stays.
      await lab.fill('trial.training.seed', '11');
      await lab.restart('Train again');
      await lab.page.waitForFunction(
        (before) => {
          const root = document.querySelector('lab-app')?.shadowRoot;
          const shown = root?.querySelector('lab-predict')?.shadowRoot?.querySelector('lab-answer')?.shadowRoot;
          const text = shown?.querySelector('#answer')?.textContent?.trim();
          return text !== undefined && text !== before;
        },
        early,
        { polling: 20 },
      );
      await lab.reaches('done');
      await types(lab, 'x', '-1.5');
      await lab.page.locator('#answer', { hasText: /^\s*−1\.[2-5]/ }).waitFor();
      const field = lab.page.locator('lab-predict-field[data-column="x"]');
      await types(lab, 'x', '100');
      await field.getByText('the model extrapolates').waitFor();
      await types(lab, 'x', '');
      await field.getByText('Missing: the model takes').waitFor();
      await types(lab, 'x', 'abc');
      await field.getByText('x: "abc" is not a number, as in training; correct it or leave it empty.').waitFor();
      await expect.poll(() => lab.page.locator('#answer').count()).toBe(0);
    });
  });

  it('of classes has their probabilities, and values that the model has not seen are said', async () => {
    await withLab(browser, async (lab) => {
      await lab.trains(1);
      await lab.trainCsv('people.csv', people);
      await lab.reaches('done');
      await looks(lab);
      await types(lab, 'age', '22');
      await lab.page.locator('#answer', { hasText: 'no' }).waitFor();
      const shares = await lab.page.locator('lab-answer .share').allTextContents();
      expect(shares.map(Number.parseFloat).reduce((sum, share) => sum + share)).toBeCloseTo(100, 0);
      const why = lab.page.locator('lab-why');
      await why.getByText(/^\d+ predictions$/).waitFor();
      await lab.button('Why?').press('Enter');
      // The keyboard goes on where it was, to what takes its place.
      await expect
        .poll(() => why.getByRole('button', { name: 'Hide why' }).evaluate((button) => button.matches(':focus')))
        .toBe(true);
      await why.getByText(/^From [\d.]+ %, the mean prediction for \d+ training rows, to \d+\.\d %:$/).waitFor();
      expect(await why.locator('li').first().textContent()).toMatch(/age 22\s+\+\d+\.\d ± \d+\.\d/);
      await why.getByRole('combobox').selectOption('yes');
      await expect.poll(() => why.locator('li').first().textContent()).toMatch(/age 22\s+−\d+\.\d ±/);
      await why.locator('#cost', { hasText: /^\d+ predictions, [\d.]+ s, after epoch/ }).waitFor();
      expect(await offences(lab.page)).toEqual([]);
      const city = lab.page.locator('lab-predict-field[data-column="city"]');
      await city.getByRole('combobox').selectOption({ label: 'another value' });
      await city.getByText('None of the values the model knows.').waitFor();
      // It was about another row.
      await lab.button('Why?').waitFor();
      expect(await why.locator('li').count()).toBe(0);
      await city.getByRole('combobox').selectOption({ label: 'missing' });
      await city.getByText(/^Missing: /).waitFor();
    });
  });
});

describe('a file', () => {
  it('comes back with the columns that the command line adds, and is scored where it can be', async () => {
    await withLab(browser, async (lab) => {
      await lab.trains(1);
      await lab.trainCsv('people.csv', people);
      await lab.reaches('done');
      await looks(lab);
      await batch(lab, 'new.csv', people);
      await lab.page.getByText('60 rows, with predicted_answer and 2 more columns.').waitFor();
      await lab.page.getByText('Against the 60 known answers of answer:').waitFor();
      const { name, bytes } = await lab.download('Download predictions');
      expect(name).toBe('new-predicted.csv');
      const lines = bytes.toString().trim().split('\n');
      expect(lines[0]).toBe('age,city,answer,predicted_answer,probability_no,probability_yes');
      expect(lines.length).toBe(61);
      expect(lines[1]).toMatch(/^20,Seoul,no,no,0\.99\d+,[\d.e-]+$/);

      await batch(lab, 'unknown.csv', 'age,city\n30,Jeju\n,Seoul\n');
      await lab.page.getByText(/1 cell holds what training rows did not have \("Jeju" in row 2\)/).waitFor();
      await expect.poll(() => lab.page.getByText(/known answers/).count()).toBe(0);
      await batch(lab, 'half.csv', 'age,city\n30,Busan\nold,Seoul\n');
      await lab.page.getByText(/1 cell without a number, taken as missing, such as "old" in row 3/).waitFor();
      await batch(lab, 'wrong.csv', 'age,city\nold,Busan\n,Seoul\n');
      await lab.page.getByText(/^wrong\.csv, row 2, column "age": "old" is not a number/).waitFor();
      await batch(lab, 'other.csv', 'a,b\n1,2\n');
      await lab.page.getByText(/^other\.csv has no column "age"/).waitFor();
    });
  });

  it('can be large: it is told how far it is, and cancelled, while the page goes on', async () => {
    await withLab(browser, async (lab) => {
      await lab.trains(1);
      await looks(lab);
      const rows = Array.from({ length: 200_000 }, (_, row) => `${(row % 600) / 100 - 3},${row}`);
      await batch(lab, 'large.csv', ['x,name', ...rows].join('\n'));
      await lab.page.getByText(/^Predicting for large\.csv, \d+ %$/).waitFor();
      await lab.page.locator('lab-predict-file').getByRole('button', { name: 'Cancel' }).click();
      await lab.page.locator('lab-predict-file progress').waitFor({ state: 'detached' });
      await expect.poll(() => lab.button('Download predictions').count()).toBe(0);
      expect(await answer(lab)).toMatch(/^−?\d/);
    });
  });
});

describe('a model from a file', () => {
  it('may be an ensemble, and then shows intervals', async () => {
    const rows = await readCsv(readFileSync('data/curve.csv', 'utf8'));
    const data = prepare(rows, { target: 'y', split: { train: 1 } });
    const engine = await requestEngine({ kind: 'reference' });
    const networks = [5, 6].map((seed) =>
      train(engine, data, { model: { hidden: [4] }, training: { epochs: 1, seed } }).modelData(),
    );
    const [first, second] = await Promise.all(networks);
    const members = [first, second].map((model, index) => ({ ...onlyMember(model), weight: index ? 0.75 : 0.25 }));
    const residuals = [Array.from({ length: 9 }, (_, index) => (index + 1) / 10)];
    const calibration = { kind: 'conformal' as const, residuals, rows: 9, coverage: 0.9 };
    const buffer = Buffer.from(saveModel({ ...first, members, calibration }));
    await withLab(browser, async (lab) => {
      await lab.reaches('done');
      await looks(lab);
      const input = lab.page.locator('lab-predict input[accept^=".safetensors"]');
      await input.setInputFiles({ name: 'both.safetensors', mimeType: 'application/octet-stream', buffer });
      await lab.page.getByText('With both.safetensors, the average of 2 networks').waitFor();
      await types(lab, 'x', '1');
      await lab.page.locator('#interval', { hasText: /^\(90 %: −?\d.* to −?\d.*\)$/ }).waitFor();
      await batch(lab, 'curve.csv', readFileSync('data/curve.csv', 'utf8'));
      await lab.page.getByText(/^90 % intervals hold \d.* % of them; they are \d.* wide on average\.$/).waitFor();
      await lab.page.getByText('500 rows, with predicted_y and 2 more columns.').waitFor();
    });
  });

  it('brings its own preprocessing and answers as it did', async () => {
    await withLab(browser, async (lab) => {
      await lab.reaches('done');
      await looks(lab);
      const usual = await answer(lab);
      await types(lab, 'x', '1');
      await expect.poll(() => answer(lab)).not.toBe(usual);
      const before = await answer(lab);
      const { bytes } = await lab.download(/Download model/);
      await lab.trainCsv('people.csv', people);
      await lab.page.locator('lab-predict-field[data-column="age"]').waitFor();
      const file = { name: 'curve.safetensors', mimeType: 'application/octet-stream', buffer: bytes };
      const input = lab.page.locator('lab-predict input[accept^=".safetensors"]');
      await input.setInputFiles(file);
      await lab.page.getByText('With curve.safetensors').waitFor();
      await types(lab, 'x', '1');
      await lab.page.locator('#answer', { hasText: before }).waitFor();
      await batch(lab, 'curve.csv', readFileSync('data/curve.csv', 'utf8'));
      await lab.page.getByText('Against the 500 known answers of y:').waitFor();
      await input.setInputFiles({ ...file, name: 'people.csv', buffer: Buffer.from(people) });
      await lab.page.getByText(/^people\.csv is not a safetensors file/).waitFor();
      const [weights, biases] = [Float32Array.of(2, -1), Float32Array.of(0)];
      const header = {
        '0.weight': { dtype: 'F32', shape: [1, 2], data_offsets: [0, 8] },
        '0.bias': { dtype: 'F32', shape: [1], data_offsets: [8, 12] },
      };
      const tensors = Buffer.concat([weights, biases].map(({ buffer }) => Buffer.from(buffer)));
      const foreign = { ...file, name: 'net.safetensors', buffer: Buffer.from(putTogether(header, tensors)) };
      await input.setInputFiles(foreign);
      await lab.page.getByText(/^net\.safetensors: is a network of another program/).waitFor();
      const names = JSON.stringify({ columns: ['a', 'b'], activation: 'relu', target: 'z' });
      await input.setInputFiles([foreign, { ...file, name: 'net.columns.json', buffer: Buffer.from(names) }]);
      await lab.page.getByText('With net.safetensors').waitFor();
      await types(lab, 'a', '3');
      await types(lab, 'b', '-1');
      await lab.page.locator('#answer', { hasText: /^7/ }).waitFor();
      await lab.button('Back to the run').click();
      await lab.page.locator('lab-predict-field[data-column="age"]').waitFor();
    });
  });
});
