/** Lessons: one click sets table and settings up, and each step is a button away. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { offences } from '../support/axe.ts';
import { launch, withLab } from '../support/lab.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

test('XOR: a perceptron fails, a hidden layer succeeds, and the lesson can be left', () =>
  withLab(browser, async (lab) => {
    await lab.trains(1);
    await lab.page.getByText('Lessons', { exact: true }).click();
    await lab.begins(() => lab.button('It cannot learn XOR; two layers can').click());
    const lesson = lab.page.getByRole('region', { name: 'Lesson' });
    await lesson.getByText('1 of 3').waitFor();
    await lab.reaches('done');
    expect(await lab.headline()).toBeLessThanOrEqual(0.75);
    await expect.poll(() => lab.field('trial.training.loss').getByRole('combobox').inputValue()).toBe('perceptron');

    await lab.begins(() => lesson.getByRole('button', { name: 'Next: So does a smooth one' }).click());
    await lab.begins(() => lesson.getByRole('button', { name: 'Next: A hidden layer succeeds' }).click());
    await lab.reaches('done');
    await lab.page.locator('#headline', { hasText: '1.00' }).waitFor();
    await expect.poll(() => lab.field('trial.model.hidden').getByRole('textbox').inputValue()).toBe('8');
    await expect.poll(() => lesson.getByRole('button', { name: 'Next' }).isDisabled()).toBe(true);

    await lesson.getByRole('button', { name: 'Close the lesson' }).click();
    await lesson.waitFor({ state: 'detached' });
    await expect.poll(() => lab.field('trial.model.hidden').getByRole('textbox').inputValue()).toBe('8');
  }));

test('a lesson is left where another table is opened, of which its words are not true', () =>
  withLab(browser, async (lab) => {
    await lab.trains(1);
    await lab.page.getByText('Lessons', { exact: true }).click();
    await lab.button('It cannot learn XOR; two layers can').click();
    const lesson = lab.page.getByRole('region', { name: 'Lesson' });
    await lesson.getByText('1 of 3').waitFor();
    await lab.page.locator('lab-data p.name', { hasText: 'xor.csv' }).waitFor();
    await lesson.getByText('1 of 3').waitFor();
    await lab.trainCsv(
      'own.csv',
      ['a,b', ...Array.from({ length: 60 }, (_, i) => `${i % 7},${2 * (i % 7)}`)].join('\n'),
    );
    await lesson.waitFor({ state: 'detached' });
    await lab.page.locator('lab-data p.name', { hasText: 'own.csv' }).waitFor();
  }));

test('on a narrow page the sheet makes way for what a lesson shows', () =>
  withLab(
    browser,
    async (lab) => {
      await lab.trains(1);
      await lab.button('Settings').click();
      await lab.page.getByText('Lessons', { exact: true }).click();
      await lab.button('Batch size').click();
      await lab.page.getByRole('region', { name: 'Lesson' }).waitFor();
      await expect.poll(() => lab.button('Settings').getAttribute('aria-expanded')).toBe('false');
      expect(await lab.page.evaluate(() => document.documentElement.scrollWidth)).toBe(400);
    },
    { viewport: { width: 400, height: 860 } },
  ));

test('the founding report trains beside the run, can be ended, and opens as a page of its own', () =>
  withLab(browser, async (lab) => {
    await lab.trains(1);
    await lab.page.getByText('Lessons', { exact: true }).click();
    await lab.button('The founding report…').click();
    const dialog = lab.page.getByRole('dialog', { name: 'The founding report' });
    // The whole of it: the smallest may be over before it has been seen.
    await dialog.getByRole('radio').last().check();
    await dialog.getByRole('button', { name: 'Train them' }).click();
    await dialog.getByText('Training all combinations').waitFor();
    await dialog.getByRole('button', { name: 'Stop and report' }).click();
    await dialog.getByText(/^Ended by hand after/).waitFor();
    await dialog.getByText('With SGD, batch size 1 beats batch size 8 on so few rows.').waitFor();
    const figures = dialog.locator('lab-founding-figures figure');
    await figures.first().getByRole('img', { name: 'Validation loss by epoch with tanh, adam' }).waitFor();
    await dialog.getByText('The 24 combinations', { exact: true }).click();
    await expect.poll(() => dialog.getByRole('row').count()).toBe(25);
    const [page] = await Promise.all([
      lab.page.context().waitForEvent('page'),
      dialog.getByRole('button', { name: 'Open the whole report' }).click(),
    ]);
    await page.getByRole('heading', { name: 'What activation, optimizer and batch size do to a perceptron' }).waitFor();
    expect(await figures.count()).toBe(await page.locator('figure:not(.tabular)').count());
    // It inherits the lab's policy, which has to know its styles.
    expect(await page.evaluate(() => document.styleSheets.length)).toBe(1);
    await page.close();
    expect(await offences(lab.page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await lab.reaches('done');
  }));
