/** The data panel: samples, and what it has people look at before a score. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { samples } from '../../../src/lab/shared/samples.ts';
import { normalAt } from '../../../src/util/random.ts';
import { type Lab, launch, withLab } from '../support/lab.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

async function choose(lab: Lab, name: string): Promise<void> {
  await lab.begins(async () => {
    await lab.button('Samples').click();
    await lab.page.locator(`lab-gallery [data-sample="${name}"]`).click();
  });
}

/** Resolves when this table is open, and its run has begun. */
async function opens(lab: Lab, name: string): Promise<void> {
  await lab.page.locator('lab-data p.name', { hasText: name }).waitFor();
  await lab.page.locator('lab-gallery').waitFor({ state: 'detached' });
}

describe('what to look at', () => {
  const sold = Array.from({ length: 120 }, (_, row) => {
    const [x, price] = [Math.sin(row * row), 100 + 10 * Math.cos(3 * row)];
    return `${x.toFixed(4)},${(1.1 * price + 2).toFixed(4)},${row % 40 === 7 ? 'yes' : 'no'},${price.toFixed(4)}`;
  });

  test('a column that gives the target away is said before the score, and left out by a button', () =>
    withLab(browser, async (lab) => {
      await lab.trains(1);
      await lab.trainCsv('sold.csv', ['x,taxed,gift,price', ...sold].join('\n'));
      await lab.reaches('done');
      const results = lab.page.locator('lab-results');
      const leak = results.getByText('Column "taxed" is the target on another scale');
      const [above, number] = await Promise.all([leak.boundingBox(), results.locator('#headline').boundingBox()]);
      expect((above?.y ?? 0) + (above?.height ?? 0)).toBeLessThanOrEqual(number?.y ?? 0);

      const data = lab.page.locator('lab-data');
      await data.getByRole('button', { name: 'Leave it out' }).click();
      await lab.page.getByText('1 change not in the run yet').waitFor();
      await data.getByText('Done in the settings; the next start has it.').waitFor();
      await lab.button('Discard').click();
      await data.getByRole('button', { name: 'Leave it out' }).click();
      await lab.restart();
      await data.getByText('Column "taxed"').waitFor({ state: 'detached' });
      await expect.poll(() => results.getByText('Column "taxed"').count()).toBe(0);
      await lab.page.waitForFunction(() => location.hash.includes('ignore=taxed'));
    }));

  test('rare classes are balanced by a button, and no more is said of them then', () =>
    withLab(browser, async (lab) => {
      await lab.trains(1);
      await lab.trainCsv('gifts.csv', ['x,taxed,gift,price', ...sold].join('\n'));
      await lab.begins(() => lab.choose('data.target', 'gift'));
      const data = lab.page.locator('lab-data');
      const rare = data.getByText('Class "yes" is 2.5 % of the rows.');
      await rare.waitFor();
      await data.getByRole('button', { name: 'Balance the classes' }).click();
      await lab.restart();
      await rare.waitFor({ state: 'detached' });
    }));

  test('a run that was trained too long says so, and stops early the next time', () =>
    withLab(browser, async (lab) => {
      await lab.trains(1);
      const noise = Array.from({ length: 120 }, (_, row) =>
        [2, 3, 4, 5, 6, 7].map((seed) => normalAt(seed, row).toFixed(4)).join(','),
      );
      await lab.trainCsv('noise.csv', ['a,b,c,d,e,y', ...noise].join('\n'));
      await lab.stopsNotEarly();
      await lab.restart();
      await lab.reaches('done');
      const results = lab.page.locator('lab-results');
      await results.getByText(/^\s*warning: Validation got worse from epoch \d+ of 200/).waitFor();
      await results.getByRole('button', { name: 'Stop early' }).click();
      await lab.restart();
      await lab.reaches('done');
      await expect.poll(() => results.getByText('Validation got worse').count()).toBe(0);
    }));
});

describe('the samples', () => {
  test('each have a picture of their own rows, and train when they are chosen', () =>
    withLab(browser, async (lab) => {
      await lab.trains(1);
      await lab.button('Samples').click();
      await lab.page.waitForFunction(
        (wanted) => {
          const dialogs = document.querySelector('lab-app')?.shadowRoot?.querySelector('lab-data-dialogs');
          const gallery = dialogs?.shadowRoot?.querySelector('lab-gallery')?.shadowRoot;
          return (
            gallery && [...gallery.querySelectorAll('svg')].filter((svg) => svg.querySelector('path')).length === wanted
          );
        },
        samples.length,
        { polling: 50 },
      );
      const pictures = await lab.page
        .locator('lab-gallery svg')
        .evaluateAll((all) =>
          all.map((svg) => [...svg.querySelectorAll('path')].map((path) => path.getAttribute('d')).join()),
        );
      expect(new Set(pictures).size).toBe(samples.length);
      await expect
        .poll(() => lab.page.locator('lab-gallery [aria-current=true]').getAttribute('data-sample'))
        .toBe('curve');
      await lab.page.keyboard.press('Escape');
      for (const { name, file, target, rows } of samples.filter(({ name }) => name !== 'curve').slice(-5)) {
        await choose(lab, name);
        await opens(lab, file);
        await lab.trains(1);
        await expect.poll(() => lab.field('data.target').getByRole('combobox').inputValue()).toBe(target);
        const facts = await lab.page.locator('lab-data .facts').textContent();
        expect(facts?.replace(/\u202f/g, '')).toContain(`${rows} rows`);
      }
    }));

  test('are seen at first sight, and open in the view that suits them best', () =>
    withLab(browser, async (lab) => {
      const strip = lab.page.locator('lab-data lab-samples');
      await expect.poll(() => strip.locator('svg:has(path)').count()).toBe(samples.length);
      await expect.poll(() => strip.locator('[aria-current=true]').getAttribute('data-sample')).toBe('curve');
      await lab.page.getByRole('tab', { name: 'Inside' }).click();
      await lab.begins(() => strip.getByRole('button', { name: 'Circles' }).click());
      await lab.page.getByRole('tab', { name: 'Surface', selected: true }).waitFor();
      await expect.poll(() => strip.locator('[aria-current=true]').getAttribute('data-sample')).toBe('circles');
      await lab.trainCsv('own.csv', 'a,b\n1,2\n2,4\n3,6\n4,8\n5,10\n6,12\n7,14\n8,16\n9,18\n10,20');
      await strip.waitFor({ state: 'detached' });
      await lab.button('Samples').click();
      await lab.page.locator('lab-gallery [data-sample=moons]').waitFor();
    }));

  test('come with settings that suit them, and leave what a person has changed', () =>
    withLab(browser, async (lab) => {
      await lab.trains(1);
      await lab.fill('trial.training.optimizer.learning_rate', '0.005');
      await choose(lab, 'moons');
      await opens(lab, 'moons.csv');
      await lab.page.getByText('Kept as you had them: learning rate.').waitFor();
      await expect.poll(() => lab.field('trial.model.hidden').getByRole('textbox').inputValue()).toBe('16, 16');
      await expect
        .poll(() => lab.field('trial.training.optimizer.learning_rate').getByRole('textbox').inputValue())
        .toBe('0.005');
      await lab.reaches('done');
      // What was changed by hand is still told from what suits the sample once the page is loaded anew.
      await lab.page.reload();
      await opens(lab, 'moons.csv');
      await lab.trains(1);
      await choose(lab, 'circles');
      await opens(lab, 'circles.csv');
      await lab.page.getByText('Kept as you had them: learning rate.').waitFor();
      await expect.poll(() => lab.field('trial.model.hidden').getByRole('textbox').inputValue()).toBe('16');
    }));

  test('made by a formula are made anew by their sliders, with the settings as they are', () =>
    withLab(browser, async (lab) => {
      await lab.trains(1);
      await choose(lab, 'circles');
      await opens(lab, 'circles.csv');
      await lab.fill('trial.model.hidden', '7');
      const rows = lab.page.locator('lab-generator').getByLabel('Rows');
      // In one go, as a pointer does: a slider that rests in between makes a table of its own.
      await lab.begins(() =>
        rows.evaluate((input: HTMLInputElement) => {
          for (let step = 0; step < 5; step += 1) {
            input.stepUp();
            input.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
          }
        }),
      );
      const words = await rows.getAttribute('aria-valuetext');
      expect(words).toMatch(/^[5-9]\d0 rows$/);
      await lab.page.locator('lab-data .facts', { hasText: `${words}, 3 columns` }).waitFor();
      await lab.reaches('done');
      await expect.poll(() => lab.page.locator('lab-network #parameters').textContent()).toBe('29 parameters');
      const before = await lab.headline();
      await lab.begins(() => lab.page.locator('lab-generator').getByLabel('Noise').fill('100'));
      await lab.reaches('done');
      expect(await lab.headline()).toBeLessThan(before);
    }));
});
