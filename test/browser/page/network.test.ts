/** The network's diagram as the editor, and what it shows of the model as it trains. */
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Lab, launch, withLab } from '../support/lab.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const hidden = (lab: Lab) => lab.field('trial.model.hidden').getByRole('textbox').inputValue();
const layer = (lab: Lab, number: number) => lab.page.getByRole('slider', { name: `Hidden layer ${number}, units` });
const moons = readFileSync(`${import.meta.dirname}/../../../data/moons.csv`, 'utf8');

/** Colours of the diagram that are neither paper nor ink. */
function colours(lab: Lab): Promise<number> {
  return lab.page.locator('lab-network-diagram canvas').evaluate((canvas) => {
    const { width, height } = canvas as HTMLCanvasElement;
    const data = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
    let orange = 0;
    for (let at = 0; at < data.length; at += 4) {
      if (data[at + 3] > 60 && data[at] > data[at + 2] + 60) orange += 1;
    }
    return orange;
  });
}

describe('the diagram', () => {
  test('edits widths by keys and by dragging, and removes and adds layers', () =>
    withLab(browser, async (lab) => {
      await lab.trains(1);
      await layer(lab, 2).focus();
      await lab.page.keyboard.press('ArrowUp');
      expect(await hidden(lab)).toBe('64, 65');
      await lab.page.keyboard.press('PageDown');
      await lab.page.keyboard.press('PageDown');
      expect(await hidden(lab)).toBe('64, 48');
      await expect.poll(() => layer(lab, 2).getAttribute('aria-valuenow')).toBe('48');

      const box = await layer(lab, 1).boundingBox();
      if (!box) throw new Error('the layer is not drawn');
      await lab.page.mouse.move(box.x + box.width / 2, box.y + 40);
      await lab.page.mouse.down();
      await lab.page.mouse.move(box.x + box.width / 2, box.y + 40 + 28, { steps: 4 });
      await lab.page.mouse.up();
      expect(await hidden(lab)).toBe('16, 48');

      await layer(lab, 1).focus();
      await lab.page.keyboard.press('Enter');
      await lab.page.getByText('Layer 1 of 2').waitFor();
      await lab.page.keyboard.press('Delete');
      expect(await hidden(lab)).toBe('48');
      await lab.button('Add a hidden layer after layer 1').click();
      expect(await hidden(lab)).toBe('48, 48');
      await expect.poll(() => lab.page.locator('lab-network-size #plan').textContent()).toMatch(/^plan: /);
    }));

  test('gives one layer its own activation and dropout', () =>
    withLab(browser, async (lab) => {
      await lab.trains(1);
      await layer(lab, 2).click();
      await lab.choose('trial.model.activation', 'relu');
      await lab.fill('trial.model.dropout', '0.2');
      await expect.poll(() => layer(lab, 2).getAttribute('aria-valuetext')).toBe('64 units, relu, dropout 0.2');
      await expect.poll(() => layer(lab, 1).getAttribute('aria-valuetext')).toBe('64 units, tanh');
      await lab.button('All layers').click();
      await expect.poll(() => lab.field('trial.model.dropout').getByRole('textbox').inputValue()).toBe('0, 0.2');
      await lab.restart();
      await lab.page.getByText('2 changes not in the run yet').waitFor({ state: 'hidden' });
      await lab.trains(1);
    }));

  test('takes one layer back to what the run has, and leaves the others as they are', () =>
    withLab(browser, async (lab) => {
      await lab.trains(1);
      for (const number of [1, 2]) {
        await layer(lab, number).click();
        await lab.choose('trial.model.activation', 'relu');
      }
      await lab
        .field('trial.model.activation')
        .getByRole('button', { name: /Go back to that/ })
        .click();
      await expect.poll(() => layer(lab, 2).getAttribute('aria-valuetext')).toBe('64 units, tanh');
      await expect.poll(() => layer(lab, 1).getAttribute('aria-valuetext')).toBe('64 units, relu');
    }));

  test('goes on editing the same layer when one before it is removed, and keeps the keyboard', () =>
    withLab(browser, async (lab) => {
      await lab.trains(1);
      await lab.fill('trial.model.hidden', '8, 16, 32');
      await layer(lab, 2).click();
      await lab.page.getByText('Layer 2 of 3').waitFor();
      await layer(lab, 1).focus();
      await lab.page.keyboard.press('Delete');
      await lab.page.getByText('Layer 1 of 2').waitFor();
      expect(await hidden(lab)).toBe('16, 32');
      await layer(lab, 2).focus();
      await lab.page.keyboard.press('Delete');
      expect(await hidden(lab)).toBe('16');
      await lab.page.keyboard.press('ArrowUp');
      expect(await hidden(lab)).toBe('17');
      await lab.page.keyboard.press('Delete');
      await lab.page.getByText('No hidden layers').waitFor();
      await lab.page.keyboard.press('Enter');
      expect(await hidden(lab)).toBe('16');
    }));

  test('is asked for only while its sheet is open', () =>
    withLab(
      browser,
      async (lab) => {
        await lab.reaches('done');
        await lab.button('Settings').click();
        await lab.page.locator('lab-network').scrollIntoViewIfNeeded();
        await lab.page.keyboard.press('Escape');
        await lab.page.locator('.side.open').waitFor({ state: 'detached' });
        const app = lab.page.locator('lab-app');
        await app.evaluate((element) => {
          const { trainer } = element as unknown as { trainer: { network: () => Promise<unknown>; times: number } };
          const { network } = trainer;
          trainer.times = 0;
          trainer.network = () => {
            trainer.times += 1;
            return network();
          };
        });
        const times = () =>
          app.evaluate((element) => (element as unknown as { trainer: { times: number } }).trainer.times);
        await lab.restart('Train again');
        await lab.reaches('done');
        expect(await times()).toBe(0);
        await lab.button('Settings').click();
        await expect.poll(times).toBeGreaterThan(0);
      },
      { viewport: { width: 400, height: 860 } },
    ));

  test('shows weights by sign, and tiles for two inputs, once there is a model', () =>
    withLab(browser, async (lab) => {
      await lab.trainCsv('moons.csv', moons);
      await lab.page.getByRole('img', { name: /Network: \d+ inputs, .* Lines are weights/ }).waitFor();
      await expect.poll(() => colours(lab)).toBeGreaterThan(100);
      // Weights of another network than that of the run are not known.
      await layer(lab, 1).focus();
      await lab.page.keyboard.press('ArrowUp');
      await expect.poll(() => colours(lab)).toBe(0);
    }));

  test('shows an embedding as a column before the hidden layers, which are edited as before', () =>
    withLab(browser, async (lab) => {
      await lab.trains(1);
      await lab.page.getByText('More settings').click();
      await lab.choose('trial.model.embedding.kind', 'periodic');
      await lab.fill('trial.model.embedding.frequencies', '5');
      const diagram = (words: RegExp) => lab.page.getByRole('img', { name: words });
      await diagram(
        /^Network: 1 inputs, hidden layers of 64, 64 units, .* Embedding: 5 cosines of each number/,
      ).waitFor();
      // An input and five cosines, their frequencies and phases.
      await lab.page.getByText(/4.683 parameters/).waitFor();
      await lab.restart();
      await diagram(/Embedding: 5 cosines .* Lines are weights/).waitFor();
      await layer(lab, 1).focus();
      await lab.page.keyboard.press('ArrowUp');
      expect(await hidden(lab)).toBe('65, 64');
    }));
});

describe('activation functions', () => {
  test('are drawn with their slope as they are looked at, by pointer and by keys, and chosen', () =>
    withLab(browser, async (lab) => {
      await lab.trains(1);
      await lab.button('Compare the activation functions, all hidden layers').click();
      const plot = lab.page.locator('lab-activation-plot');
      await expect.poll(() => plot.getByRole('heading').textContent()).toBe('tanh');
      await lab.page.locator('lab-activations label', { hasText: 'softplus' }).hover();
      await expect.poll(() => plot.getByRole('heading').textContent()).toBe('softplus');
      await expect.poll(() => plot.getByRole('img').getAttribute('aria-label')).toMatch(/^softplus from z/);
      await lab.page.keyboard.press('ArrowDown');
      await expect.poll(() => plot.getByRole('heading').textContent()).toBe('relu');
      await expect.poll(() => lab.field('trial.model.activation').getByRole('combobox').inputValue()).toBe('relu');
      await lab.page.keyboard.press('Escape');
      await plot.waitFor({ state: 'detached' });
    }));
});

describe('a setting', () => {
  test('says what it does, which values it takes and when it counts, to whoever looks at it', () =>
    withLab(browser, async (lab) => {
      await lab.trains(1);
      const help = lab.page.locator('lab-help div');
      await lab.field('trial.training.optimizer.kind').getByRole('combobox').focus();
      await lab.page.keyboard.press('Tab');
      await lab.page.keyboard.press('Tab');
      await expect
        .poll(() => help.textContent())
        .toMatch(/Learning rate.*along the gradient.*above 0, up to 1.000.*at once/s);
      const batch = lab.field('trial.training.batch_size');
      await batch.getByText('Batch size', { exact: true }).click();
      await expect.poll(() => help.textContent()).toMatch(/Batch size.*rows.*needs a restart/s);
      await lab.fill('trial.training.batch_size', '64');
      await help.getByText('The run has 16.').waitFor();
      const described = await batch.getByRole('textbox').getAttribute('aria-describedby');
      expect(described).toContain('help');
    }));
});
