/** The views of the centre: each shows what it says, moves while the run trains, and can be read and worked by keys. */
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { offences } from '../support/axe.ts';
import { type Lab, launch, withLab } from '../support/lab.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

async function open(lab: Lab, file: string): Promise<void> {
  await lab.trains(1);
  await lab.trainCsv(file, readFileSync(`data/${file}`, 'utf8'));
  await lab.page.locator('lab-data', { hasText: file }).waitFor({ state: 'attached' });
}

const tab = (lab: Lab, name: string) => lab.page.getByRole('tab', { name, exact: true });

/** Shares of the pixels of the surface that are bluish and that are orange. */
const tones = (lab: Lab) =>
  lab.page.locator('lab-surface canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    let [blue, orange] = [0, 0];
    for (let at = 0; at < data.length; at += 4) {
      if (data[at + 3] < 200) continue;
      if (data[at + 2] > data[at] + 40) blue += 1;
      if (data[at] > data[at + 2] + 40) orange += 1;
    }
    return { blue: (4 * blue) / data.length, orange: (4 * orange) / data.length };
  });

describe('a decision surface', () => {
  test('is the first view of two numeric inputs, has an area for each class, and is read by keys', () =>
    withLab(browser, async (lab) => {
      await open(lab, 'moons.csv');
      await lab.reaches('done');
      await expect.poll(() => tab(lab, 'Surface').getAttribute('aria-selected')).toBe('true');
      await expect.poll(async () => Math.min(...Object.values(await tones(lab)))).toBeGreaterThan(0.2);
      const picture = lab.page.locator('lab-surface canvas');
      await expect.poll(() => picture.getAttribute('aria-label')).toMatch(/Shares of the area: a \d+ %, b \d+ %/);
      await picture.focus();
      await picture.press('ArrowUp');
      const said = lab.page.locator('lab-surface #spoken');
      await expect.poll(() => said.textContent()).toMatch(/^x1 .*, x2 .*, model [ab] \d+ %$/);
      const before = await said.textContent();
      await picture.press('ArrowLeft');
      await expect.poll(() => said.textContent()).not.toBe(before);
      await picture.press('PageDown');
      await expect
        .poll(() => said.textContent())
        .toMatch(/^row \d+, validation, .*, actual class [ab], model [ab] \d+ %$/);
    }));

  test('moves while the run trains', () =>
    withLab(browser, async (lab) => {
      await open(lab, 'moons.csv');
      await lab.trainsSlowly();
      await lab.trains(1);
      const seen = new Set<string>();
      const look = async () => {
        const { blue, orange } = await tones(lab);
        return seen.add(`${blue} ${orange}`).size;
      };
      await expect.poll(look, { interval: 20 }).toBeGreaterThan(3);
      await expect.poll(() => lab.page.locator('.page').getAttribute('data-state')).toBe('running');
    }));
});

test('tabs are worked by arrows, Home and End, and one of them is in the order of tabbing', () =>
  withLab(browser, async (lab) => {
    await open(lab, 'moons.csv');
    await tab(lab, 'Surface').focus();
    await lab.page.keyboard.press('ArrowRight');
    await lab.page.locator('[role=tab][aria-selected=true]', { hasText: 'Confusion' }).waitFor();
    await lab.page.keyboard.press('End');
    await lab.page.locator('lab-inside').waitFor();
    await lab.page.keyboard.press('ArrowRight');
    await lab.page.locator('lab-surface').waitFor();
    await expect.poll(() => lab.page.locator('[role=tab][tabindex="0"]').count()).toBe(1);
    await expect.poll(() => lab.page.getByRole('tabpanel').getAttribute('aria-labelledby')).toBe('tab-surface');
  }));

test('ROC has the area that the results have, and a threshold that moves its point', () =>
  withLab(browser, async (lab) => {
    await open(lab, 'moons.csv');
    await tab(lab, 'ROC').click();
    await lab.reaches('done');
    const cells = lab.page.getByRole('row', { name: /^ROC AUC/ }).getByRole('cell');
    await expect.poll(() => cells.first().textContent()).toMatch(/^0\.\d+|1$/);
    const auc = await cells.first().textContent();
    const canvas = lab.page.locator('lab-roc canvas');
    await expect.poll(() => canvas.getAttribute('aria-label')).toContain(`area under the curve ${auc} over`);
    const facts = () => lab.page.locator('lab-roc .key').textContent();
    const before = await facts();
    await lab.page.getByRole('slider', { name: /threshold/ }).fill('0.99');
    await expect.poll(facts).not.toBe(before);
  }));

test('residuals are spread as the error says', () =>
  withLab(browser, async (lab) => {
    await lab.trains(1);
    await tab(lab, 'Residuals').click();
    await lab.reaches('done');
    const rmse = await lab.headline();
    const words = async () =>
      /sd ([\d.]+)/.exec((await lab.page.locator('lab-residuals .facts').textContent()) ?? '')?.[1];
    await expect.poll(async () => Math.abs(Number(await words()) / rmse - 1)).toBeLessThan(0.05);
  }));

describe('on demand', () => {
  test('importance names every column with its spread, and dependence follows the column that is chosen', () =>
    withLab(browser, async (lab) => {
      await open(lab, 'penguins.csv');
      await lab.reaches('done');
      await tab(lab, 'Importance').click();
      const rows = lab.page.locator('lab-importance .row');
      await rows.first().waitFor();
      await expect.poll(() => rows.count()).toBe(6);
      const means = (await rows.locator('.value').allTextContents()).map((text) =>
        Number.parseFloat(text.replace('−', '-')),
      );
      expect(means).toEqual([...means].sort((a, b) => b - a));
      expect(means[0]).toBeGreaterThan(2);
      await expect.poll(() => lab.page.locator('lab-asked').getByRole('button', { name: 'Cancel' }).count()).toBe(0);
      expect(await lab.page.locator('lab-asked').count()).toBe(1);

      await tab(lab, 'Dependence').click();
      const picture = lab.page.locator('lab-dependence canvas');
      await expect.poll(() => picture.getAttribute('aria-label')).toMatch(/goes from .* to .*: .* goes from [\d.]+ to/);
      await lab.page.locator('lab-dependence select').selectOption('body_mass_g');
      await expect
        .poll(() => picture.getAttribute('aria-label'))
        .toMatch(
          /as body_mass_g goes from \d[\d\u202f]+ to \d[\d\u202f]+: MALE goes from .*\. 50 single rows: between/,
        );
      await lab.page.getByRole('checkbox', { name: 'single rows' }).uncheck();
      await expect.poll(() => picture.getAttribute('aria-label')).not.toContain('single rows');
    }));

  test('what was asked of a run before it ended is worked out anew of the parameters that are kept', () =>
    withLab(browser, async (lab) => {
      await lab.trains(1);
      const hash = '#data=penguins&target=sex&early_stopping=5&epochs=5000&learning_rate=0.01';
      await lab.begins(() =>
        lab.page.evaluate((link) => {
          location.hash = link;
        }, hash),
      );
      await lab.begins(() => lab.button('Reset').click());
      await lab.button('Step').click();
      await lab.reaches('paused');
      const asked = () => lab.page.locator('lab-asked .light').last().textContent();
      for (const view of ['Importance', 'Dependence']) {
        await tab(lab, view).click();
        await expect.poll(asked).toContain('after epoch 1');
      }
      await lab.button('Train').click();
      await lab.reaches('done');
      const [, kept] = /^(\d+) \(weights kept\)$/.exec((await lab.page.locator('#best').textContent()) ?? '') ?? [];
      expect(Number(kept)).toBeGreaterThan(1);
      expect(Number(kept)).toBe((await lab.epoch()) - 5);
      await expect.poll(asked).toContain(`after epoch ${kept}`);
      // What the page says of its weights elsewhere is of that epoch too.
      const summary = lab.page.locator('lab-network-diagram canvas');
      await expect.poll(() => summary.getAttribute('aria-label')).toContain(`after epoch ${kept}:`);
    }));

  test('a run that trains goes on, and what is asked of it can be cancelled', () =>
    withLab(browser, async (lab) => {
      const lines = Array.from({ length: 30_000 }, (_, i) => {
        const x = [1, 2, 3, 4, 5, 6].map((k) => Math.sin(i * k).toFixed(4));
        return [...x, (Number(x[0]) + Number(x[1]) ** 2).toFixed(4)].join(',');
      });
      await lab.trains(1);
      await lab.trainCsv('wide.csv', `a,b,c,d,e,f,y\n${lines.join('\n')}\n`);
      await tab(lab, 'Importance').click();
      await lab.button('Cancel').click();
      await lab.button('Work out').waitFor();
      const epoch = await lab.epoch();
      await lab.trains(epoch + 1);
      await expect.poll(() => lab.page.locator('lab-importance .row').count()).toBe(0);
      await lab.button('Work out').click();
      await lab.page.locator('lab-importance .row').first().waitFor();
      await expect.poll(() => lab.page.locator('lab-importance .name').first().textContent()).toMatch(/^[ab]$/);
    }));
});

test('inside a network of many sigmoids, the vanished gradient is named with its ratio', () =>
  withLab(browser, async (lab) => {
    await lab.trains(1);
    await lab.fill('trial.model.hidden', '10, 10, 10, 10, 10, 10');
    await lab.choose('trial.model.activation', 'sigmoid');
    // With auto, which is he_normal before sigmoid, it does not vanish.
    await lab.page.getByText('More settings').click();
    await lab.choose('trial.model.initializer', 'glorot_normal');
    // It recovers later.
    await lab.fill('trial.training.epochs', '3');
    await tab(lab, 'Inside').click();
    await lab.restart();
    await lab.page
      .locator('lab-inside .findings', {
        hasText: /^\s*Layer 1's gradient is 1\/[\d\u202f]+ of the last layer's: vanishing\./,
      })
      .waitFor();
    await expect.poll(() => lab.page.locator('lab-inside tbody tr').count()).toBe(7);
    await expect
      .poll(() => lab.page.locator('lab-inside .box canvas').getAttribute('aria-label'))
      .toMatch(/layer 7: [\d.]+/);
  }));

describe('losses', () => {
  test('are smoothed as much as is chosen, which is stated, and lie over epochs or seconds', () =>
    withLab(browser, async (lab) => {
      await lab.reaches('done');
      const reading = lab.page.locator('lab-losses .reading');
      await expect.poll(() => reading.textContent()).toContain('moving average of weight 0.60');
      await lab.page.getByRole('slider', { name: /smoothing/ }).fill('0.9');
      await expect.poll(() => reading.textContent()).toContain('moving average of weight 0.90');
      await lab.page.getByRole('slider', { name: /smoothing/ }).fill('0');
      await expect.poll(() => reading.textContent()).toBe('raw losses, not smoothed');
      await lab.button('seconds').click();
      await lab.page.locator('lab-losses .plot').focus();
      await lab.page.keyboard.press('ArrowRight');
      await expect
        .poll(() => reading.textContent())
        .toMatch(/^epoch 1, [\d.]+ s: training [\d.]+\s+validation [\d.]+\s*$/);
      await lab.page.keyboard.press('ArrowRight');
      await expect.poll(() => reading.textContent()).toMatch(/^epoch 2, /);
      await lab.page.keyboard.press('End');
      await expect.poll(() => reading.textContent()).toMatch(/^epoch 200, /);
      const said = lab.page.locator('lab-losses #spoken');
      await expect.poll(() => said.textContent()).toMatch(/^epoch 200, [\d.]+ s: training [\d.]+ validation [\d.]+$/);
    }));

  test('are read by keys along all that is drawn of a long run, and stay where they are read as it goes on', () =>
    withLab(browser, async (lab) => {
      await lab.trains(1);
      await lab.trainCsv(
        'line.csv',
        ['x,y', ...Array.from({ length: 20 }, (_, i) => `${i},${(i * i) % 7}`)].join('\n'),
      );
      await lab.page.locator('lab-data p.name', { hasText: 'line.csv' }).waitFor();
      await lab.fill('trial.model.hidden', '2');
      await lab.fill('trial.training.epochs', '4500');
      await lab.stopsNotEarly();
      await lab.restart();
      const reading = lab.page.locator('lab-losses .reading');
      await lab.trains(50);
      await lab.page.locator('lab-losses .plot').focus();
      await lab.page.keyboard.press('Home');
      await reading.filter({ hasText: /^epoch/ }).waitFor();
      const read = await reading.textContent();
      await lab.trains(4500);
      await lab.reaches('done');
      await expect.poll(() => reading.textContent()).toBe(read);
      await lab.page.keyboard.press('End');
      for (const epoch of ['4\u202f500', '4\u202f497', '4\u202f494']) {
        await expect.poll(() => reading.textContent()).toContain(`epoch ${epoch}, `);
        await lab.page.keyboard.press('ArrowLeft');
      }
    }));
});

test('at 400 px no view is wider than the page, and axe finds nothing', () =>
  withLab(
    browser,
    async (lab) => {
      await open(lab, 'moons.csv');
      await lab.reaches('done');
      for (const name of await lab.page.getByRole('tab').allTextContents()) {
        await tab(lab, name.trim()).click();
        const width = await lab.page.evaluate(() => document.documentElement.scrollWidth);
        expect(width, name).toBeLessThanOrEqual(400);
        const wide = await lab.page.locator('lab-views').evaluate((views) => views.scrollWidth - views.clientWidth);
        expect(wide, name).toBeLessThanOrEqual(0);
        expect(await offences(lab.page), name).toEqual([]);
      }
    },
    { viewport: { width: 400, height: 860 } },
  ));
