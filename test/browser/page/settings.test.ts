/** Settings and tables: what is wrong is said beside its control and not trained; what is right is trained. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCsv } from '../../../src/data/read/csv.ts';
import { applies, formFields, startingForm } from '../../../src/lab/shared/form.ts';
import { checkTrial } from '../../../src/spec/check.ts';
import { launch, withLab } from '../support/lab.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const rate = 'trial.training.optimizer.learning_rate';

describe('a setting', () => {
  test('that is wrong has the sentence of the check beside it, and is not trained until mended', () =>
    withLab(browser, async (lab) => {
      await lab.reaches('done');
      await lab.fill(rate, '-1');
      const field = lab.field(rate);
      await expect.poll(() => field.getByRole('alert').textContent()).toBe(sentenceFor(-1));
      await expect.poll(() => field.getByRole('textbox').getAttribute('aria-invalid')).toBe('true');
      await expect.poll(() => lab.button('Restart').isDisabled()).toBe(true);
      await expect.poll(() => lab.button('Train again').isDisabled()).toBe(true);

      await lab.fill(rate, 'fast');
      await expect.poll(() => field.getByRole('alert').textContent()).toBe(sentenceFor('fast'));

      await lab.fill(rate, '0.01');
      await field.getByRole('alert').waitFor({ state: 'hidden' });
      await lab.restart();
      await lab.reaches('done');
      expect(await lab.headline()).toBeLessThan(0.2);
    }));

  test('that is changed is marked until it is in the run, and can be put back', () =>
    withLab(browser, async (lab) => {
      await lab.trains(1);
      await lab.fill('trial.model.hidden', '8, 4');
      await lab.fill(rate, '-1');
      await expect.poll(() => lab.field('trial.model.hidden').getAttribute('changed')).toBe('');
      await lab.field(rate).getByRole('button').click();
      await expect.poll(() => lab.field(rate).getByRole('textbox').inputValue()).toBe('0.001');
      await lab.page.getByText('1 change not in the run yet').waitFor();
      await expect.poll(() => lab.page.locator('lab-network #parameters').textContent()).toBe('57 parameters');
      await lab.restart();
      await lab.field('trial.model.hidden').and(lab.page.locator(':not([changed])')).waitFor();
      await lab.button('Add a hidden layer').click();
      await expect.poll(() => lab.field('trial.model.hidden').getByRole('textbox').inputValue()).toBe('8, 4, 4');
      await lab.button('Discard').click();
      await expect.poll(() => lab.field('trial.model.hidden').getByRole('textbox').inputValue()).toBe('8, 4');
    }));

  test('of columns is one choice for each, and a wrong one is said beside it', () =>
    withLab(browser, async (lab) => {
      await lab.trains(1);
      const rows = Array.from({ length: 40 }, (_, row) => `${10_000 + (row % 4)},${row % 7},${2 * (row % 7)}`);
      await lab.trainCsv('homes.csv', ['zip,rooms,price', ...rows].join('\n'));
      await lab.page.getByText('More settings').click();
      const types = lab.field('data.types');
      await types.getByText('as the cells say').click();
      const zip = types.getByRole('combobox', { name: 'zip' });
      await expect.poll(() => zip.locator('option').first().textContent()).toBe('whole number');
      await zip.selectOption('category');
      await expect.poll(() => types.getAttribute('changed')).toBe('');
      await types.getByText('zip: category').waitFor();
      await expect.poll(() => types.getByRole('alert').isVisible()).toBe(false);
      await lab.restart();
      await lab.page.waitForFunction(() => location.hash.includes('types=zip%3Dcategory'));

      // A column of seven numbers is no yes or no.
      await types.getByRole('combobox', { name: 'rooms' }).selectOption('boolean');
      await types.getByRole('alert').filter({ hasText: 'does not have exactly two different values' }).waitFor();
      await expect.poll(() => lab.button('Restart').isDisabled()).toBe(true);
      await types.getByRole('combobox', { name: 'rooms' }).selectOption('');
      await types.getByRole('alert').waitFor({ state: 'hidden' });
    }));

  test('that ignores a column which the table does not have says so beside it', () =>
    withLab(browser, async (lab) => {
      await lab.trains(1);
      await lab.page.getByText('More settings').click();
      await lab.fill('data.ignore', 'z');
      const field = lab.field('data.ignore');
      await field.getByRole('alert').filter({ hasText: 'curve.csv has no column "z", only x, y' }).waitFor();
      await expect.poll(() => field.getByRole('textbox').getAttribute('aria-invalid')).toBe('true');
      await expect.poll(() => lab.field('data.target').getByRole('alert').isVisible()).toBe(false);
      await lab.fill('data.ignore', '');
      await field.getByRole('alert').waitFor({ state: 'hidden' });
    }));

  test('behind "More settings" works too: early stopping ends the run', () =>
    withLab(browser, async (lab) => {
      await lab.trains(1);
      await lab.page.getByText('More settings').click();
      await lab.page.getByLabel('Early stopping').check();
      await lab.fill('trial.training.early_stopping.patience', '3');
      await lab.fill('data.split.train', '0.9');
      await lab.page.getByText(/add up to more than 1/).waitFor();
      await lab.fill('data.split.train', '0.5');
      await lab.restart();
      await lab.page.getByText('250 to train, 100 to validate, 100 to test').waitFor();
      await lab.reaches('done');
      await expect
        .poll(() => lab.page.locator('#outcome').textContent())
        .toMatch(/^Stopped after epoch \d+: 3 epochs without/);
    }));

  test('has a label and a description, whatever it is', () =>
    withLab(browser, async (lab) => {
      await lab.trains(1);
      await lab.page.getByText('More settings').click();
      const bare = await lab.page
        .locator('lab-field input, lab-field select, lab-engine select')
        .evaluateAll((controls) =>
          (controls as HTMLInputElement[])
            .filter((control) => !control.labels?.length && !control.ariaLabel)
            .map((control) => control.outerHTML),
        );
      expect(bare).toEqual([]);
      const expected = formFields.filter((entry) => applies(startingForm(), entry)).map(({ path }) => path);
      const shown = await lab.page
        .locator('lab-field')
        .evaluateAll((fields) => (fields as HTMLElement[]).map(({ dataset }) => dataset.path));
      expect(shown.toSorted()).toEqual(expected.toSorted());
    }));

  test('that only one kind of schedule has is there for that kind, and starts from its defaults', () =>
    withLab(browser, async (lab) => {
      await lab.trains(1);
      await lab.page.getByText('More settings').click();
      const names = ['kind', 'every', 'factor', 'final', 'flat', 'plateau', 'warmup'];
      const { kind, every, factor, final, flat, plateau, warmup } = Object.fromEntries(
        names.map((name) => [name, `trial.training.schedule.${name}`]),
      );
      const shown = async () =>
        (
          await lab.page
            .locator('lab-field[data-path^="trial.training.schedule."]')
            .evaluateAll((fields) => (fields as HTMLElement[]).map(({ dataset }) => String(dataset.path)))
        ).toSorted();
      expect(await shown()).toEqual([kind, warmup].toSorted());
      await lab.choose(kind, 'step');
      await lab.field(every).waitFor();
      expect(await shown()).toEqual([kind, warmup, every, factor].toSorted());
      await expect.poll(() => lab.field(factor).getByRole('textbox').inputValue()).toBe('0.1');
      await lab.fill(factor, '0.7');
      await lab.choose(kind, 'exponential');
      await lab.field(every).waitFor({ state: 'detached' });
      await expect.poll(() => lab.field(factor).getByRole('textbox').inputValue()).toBe('0.95');
      await lab.choose(kind, 'reduce_on_plateau');
      expect(await shown()).toEqual([kind, warmup, factor, plateau].toSorted());
      await lab.fill(warmup, '3');
      await lab.choose(kind, 'coslog4');
      expect(await shown()).toEqual([kind]);
      await lab.choose(kind, 'flat_cosine');
      expect(await shown()).toEqual([kind, warmup, flat, final].toSorted());
      await lab.choose(kind, 'cosine');
      expect(await shown()).toEqual([kind, warmup, final].toSorted());
      await lab.fill(warmup, '5');
      await lab.restart();
      await lab.field(kind).and(lab.page.locator(':not([changed])')).waitFor();
      await lab.reaches('done');
      expect(await lab.headline()).toBeLessThan(0.3);
    }));

  test('that is optional is off without a value; one for each layer is a list', () =>
    withLab(browser, async (lab) => {
      await lab.reaches('done');
      await lab.page.getByText('More settings').click();
      const clip = lab.field('trial.training.clip_norm');
      const dropout = lab.field('trial.model.dropout');
      await expect.poll(() => clip.getByRole('textbox').inputValue()).toBe('');
      await lab.fill('trial.training.clip_norm', '0');
      await clip.getByText('off when left out').waitFor();
      await lab.fill('trial.training.clip_norm', '0.5');
      await clip.and(lab.page.locator('[changed]')).waitFor();
      await lab.fill('trial.model.dropout', '0.1, 0.2, 0.3');
      await dropout.getByText('has 3 values for 2 hidden layers').waitFor();
      await lab.fill('trial.model.dropout', '0, 0.1');
      await lab.restart();
      await clip.and(lab.page.locator(':not([changed])')).waitFor();
      await lab.reaches('done');
      await expect.poll(() => dropout.getByRole('textbox').inputValue()).toBe('0, 0.1');

      await lab.fill('trial.training.clip_norm', '');
      await clip.getByRole('button', { name: /it has 0.5/ }).waitFor();
      await lab.restart();
      await clip.and(lab.page.locator(':not([changed])')).waitFor();
      await expect.poll(() => clip.getByRole('textbox').inputValue()).toBe('');
    }));
});

test('a loss that the target does not fit is refused beside it, and stays so until it is mended', () =>
  withLab(browser, async (lab) => {
    await lab.reaches('done');
    const loss = lab.field('trial.training.loss');
    await lab.choose('trial.training.loss', 'binary_cross_entropy');
    await loss.getByText('needs targets from 0 to 1; column "y" has').waitFor();
    await expect.poll(() => loss.getByRole('combobox').getAttribute('aria-invalid')).toBe('true');
    await lab.fill('trial.training.seed', '11');
    await expect.poll(() => loss.getByRole('alert').isVisible()).toBe(true);
    await expect.poll(() => lab.button('Restart').isDisabled()).toBe(true);
    await lab.choose('trial.training.loss', 'mae');
    await loss.getByRole('alert').waitFor({ state: 'hidden' });
    await lab.restart();
    await loss.and(lab.page.locator(':not([changed])')).waitFor();
    await lab.reaches('done');
    const words = await lab.page.locator('lab-losses .plot').getAttribute('aria-label');
    expect(words).toMatch(/^Losses \(mean absolute error, scaled target\) over 200 epochs/);
  }));

describe('a table', () => {
  const bad = 'a,b\n1,2\n3,4,5\n';
  const good = ['a,b,price', ...Array.from({ length: 60 }, (_, i) => `${i % 7},${i % 11},${2 * (i % 7) - (i % 11)}`)];

  test('that cannot be read is refused in a sentence and leaves the one before', () =>
    withLab(browser, async (lab) => {
      await lab.trains(1);
      await lab.openCsv('prices.csv', bad);
      const problem = lab.page.locator('lab-data .problem:not([hidden])');
      await problem.waitFor();
      const sentence = await readCsv(bad, { source: 'prices.csv' }).catch((error: Error) => error.message);
      await expect.poll(() => problem.textContent()).toBe(sentence);
      await expect.poll(() => lab.page.locator('lab-data p.name').textContent()).toBe('curve.csv');
      await lab.reaches('done');
    }));

  test('that is good is trained at once, and another target too', () =>
    withLab(browser, async (lab) => {
      await lab.trains(1);
      await lab.trainCsv('houses.csv', good.join('\n'));
      await lab.page.locator('lab-data p.name', { hasText: 'houses.csv' }).waitFor();
      await expect.poll(() => lab.field('data.target').getByRole('combobox').inputValue()).toBe('price');
      await lab.page.getByText('Predicted against actual').first().waitFor();
      await lab.reaches('done');
      await lab.begins(() => lab.choose('data.target', 'a'));
      await lab.page.getByText('in units of a').waitFor();
      await lab.reaches('done');
    }));

  test('may be dropped anywhere', () =>
    withLab(browser, async (lab) => {
      await lab.trains(1);
      const transfer = await lab.page.evaluateHandle((text) => {
        const data = new DataTransfer();
        data.items.add(new File([text], 'dropped.csv', { type: 'text/csv' }));
        return data;
      }, good.join('\n'));
      await lab.page.dispatchEvent('lab-app', 'dragover', { dataTransfer: transfer });
      await lab.page.getByText('Drop a CSV file to train on it').waitFor();
      await lab.begins(() => lab.page.dispatchEvent('lab-app', 'drop', { dataTransfer: transfer }));
      await lab.page.locator('lab-data p.name', { hasText: 'dropped.csv' }).waitFor();
      await lab.reaches('done');
    }));
});

function sentenceFor(learning_rate: unknown): string {
  try {
    checkTrial({ training: { optimizer: { kind: 'adam', learning_rate } } });
  } catch (error) {
    // The path that it begins with is said by its place.
    return (error as Error).message
      .replace('training.optimizer.learning_rate: ', '')
      .replace(/^[a-z]/, (letter) => letter.toUpperCase());
  }
  throw new Error('nothing is wrong with it');
}
