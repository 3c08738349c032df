/** What a run is worth: a sentence under its score, remedies that are settings, and metrics that explain themselves. */
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { normalAt } from '../../../src/util/random.ts';
import { offences } from '../support/axe.ts';
import { type Lab, launch, withLab } from '../support/lab.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** Three of thirty columns say something of y, and 140 rows train. */
const wide = [
  [...Array.from({ length: 30 }, (_, column) => `c${column}`), 'y'].join(','),
  ...Array.from({ length: 200 }, (_, row) => {
    const cells = Array.from({ length: 30 }, (_, column) => normalAt(column + 1, row));
    const y = cells[0] + cells[1] - cells[2] + 0.5 * normalAt(99, row);
    return [...cells, y].map((value) => value.toFixed(3)).join(',');
  }),
].join('\n');

const verdict = (lab: Lab) => lab.page.locator('#run-verdict');

describe('the verdict', () => {
  test('says that a run overfits, and its button adds dropout for the next one', () =>
    withLab(browser, async (lab) => {
      await lab.trains(1);
      await lab.trainCsv('wide.csv', wide);
      await lab.reaches('done');
      const said = verdict(lab);
      await said
        .getByText(/Useful: validation RMSE [\d.]+, where always answering with the mean has [\d.]+\./)
        .waitFor();
      await said.getByText(/Overfitting: RMSE [\d.]+ on the training rows, [\d.]+ on the validation rows\./).waitFor();
      expect(await offences(lab.page)).toEqual([]);
      await said.getByRole('button', { name: 'Set dropout to 0.4' }).click();
      await said.getByText('Done in the settings; the next start has it.').waitFor();
      await lab.restart();
      await lab.reaches('done');
      expect(await lab.page.locator('lab-network').getByRole('textbox', { name: 'Dropout' }).inputValue()).toBe('0.4');
    }));

  test('of a run that stopped too early trains it longer', () =>
    withLab(browser, async (lab) => {
      await lab.reaches('done');
      await lab.fill('trial.training.epochs', '10');
      await lab.restart();
      await lab.reaches('done');
      const said = verdict(lab);
      await said.getByText('the validation loss was still falling in the last of 10 epochs').waitFor();
      await said.getByRole('button', { name: 'Train 20 epochs' }).click();
      await lab.restart();
      await lab.reaches('done');
      expect(await lab.epoch()).toBe(20);
    }));

  test('of imbalanced classes has balanced accuracy for its headline', () =>
    withLab(browser, async (lab) => {
      await lab.trains(1);
      await lab.openCsv('weather.csv', readFileSync('data/seattle-weather.csv', 'utf8'));
      await lab.reaches('done');
      const results = lab.page.locator('lab-results');
      await results.getByText('Useful: validation balanced accuracy').waitFor();
      await results.getByText('baseline 0.200', { exact: true }).waitFor();
      await results.getByText('validation balanced accuracy', { exact: true }).waitFor();
    }));
});

test('a metric explains itself below its row, by keyboard too', () =>
  withLab(browser, async (lab) => {
    await lab.reaches('done');
    const metrics = lab.page.locator('lab-metrics');
    const name = metrics.getByRole('button', { name: 'R²' });
    await name.focus();
    await lab.page.keyboard.press('Enter');
    await metrics.getByText('The share of the target’s variance that the answers explain.').waitFor();
    expect(await name.getAttribute('aria-expanded')).toBe('true');
    expect(await offences(lab.page)).toEqual([]);
    await name.click();
    await metrics.getByText('The share of the target’s variance').waitFor({ state: 'detached' });
    expect(await name.getAttribute('aria-expanded')).toBe('false');
  }));
