/**
 * The page's manners: no long task while it trains, a light first load, and training that goes on where nobody looks. It is
 * measured, so nothing else runs meanwhile (vitest.config.ts).
 */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { browserArguments } from '../../src/machine/browser.ts';
import { count } from '../../src/util/thousands.ts';
import { launch, withLab } from './support/lab.ts';
import { busy, serveQueue, sweepOf } from './support/queue.ts';
import { longestTask, tasksDuring } from './support/tasks.ts';

/**
 * Everything that is asked for until the first epoch is drawn, the worker included. What the page and the worker both ask for
 * counts once: the browser has it by then.
 */
const firstLoad = 219_800;

let browser: Browser;
beforeAll(async () => {
  browser = await launch(browserArguments);
});
afterAll(() => browser.close());

test('no task of the main thread is long while a run trains', () =>
  withLab(browser, async (lab) => {
    await lab.trainsLong();
    await lab.trains(5);
    const epoch = await lab.epoch();
    const tasks = await tasksDuring(lab, () => lab.trains(epoch + 2000));
    expect(tasks.length).toBeGreaterThan(100);
    expect(Math.max(...tasks)).toBeLessThan(longestTask);
  }));

test('no view takes the main thread long while the run trains', async () => {
  const plain = await launch();
  onTestFinished(() => plain.close());
  await withLab(plain, async (lab) => {
    await lab.trains(1);
    await lab.trainCsv('moons.csv', readFileSync('data/moons.csv', 'utf8'));
    await lab.trainsSlowly();
    await lab.trains(2);
    for (const name of ['Surface', 'ROC', 'Inside']) {
      await lab.page.getByRole('tab', { name, exact: true }).click();
      // What is made once, when a view is opened, is not what a frame takes.
      await lab.trains((await lab.epoch()) + 5);
      const epoch = await lab.epoch();
      const tasks = await tasksDuring(lab, () => lab.trains(epoch + 2000));
      expect(tasks.length, name).toBeGreaterThan(10);
      expect(Math.max(...tasks), name).toBeLessThan(longestTask);
    }
  });
});

test('a sweep of 60 trials fills its charts with no long task', async () => {
  const plain = await launch();
  onTestFinished(() => plain.close());
  await withLab(plain, async (lab) => {
    await lab.draftsSweep(['model.activation', 'training.batch_size'], '30');
    const dialog = lab.page.getByRole('dialog', { name: 'Sweep' });
    await dialog.getByLabel('Values of Batch size').fill('16, 32, 64, 128');
    await dialog.getByLabel('Values of Batch size').press('Enter');
    await dialog.getByText('12 combinations × 5 seeds = 60 trials').waitFor();
    const tasks = await tasksDuring(lab, async () => {
      await lab.button('Train all').click();
      await dialog.getByText(/^Done: 60 trials/).waitFor();
    });
    expect(tasks.length).toBeGreaterThan(100);
    expect(Math.max(...tasks)).toBeLessThan(longestTask);
  });
});

test("a queue's sweep of 10,000 trials is shown with no long task", async () => {
  const plain = await launch();
  onTestFinished(() => plain.close());
  const served = await serveQueue();
  onTestFinished(() => served.stop());
  served.tell({ status: busy }, { a: sweepOf(1990, 10_000) });
  await withLab(
    plain,
    async (lab) => {
      await lab.reaches('done');
      const tasks = await tasksDuring(lab, async () => {
        for (let ended = 1991; ended <= 2000; ended++) {
          served.tell({}, { a: sweepOf(ended, 10_000) });
          await lab.page.getByRole('img', { name: `of ${count(ended)} trials in the order` }).waitFor();
        }
      });
      expect(tasks.length).toBeGreaterThan(20);
      expect(Math.max(...tasks)).toBeLessThan(longestTask);
    },
    { served: `${served.url}?queue` },
  );
});

test('what a run does not change is not drawn again while it trains', () =>
  withLab(browser, async (lab) => {
    await lab.trainsLong();
    await lab.fill('trial.model.hidden', '8');
    await lab.trains(5);
    // The samples' pictures, and what the columns are taken for, come once, a second after the run has begun.
    await lab.page.locator('lab-samples svg path').nth(9).waitFor();
    const types = lab.page.locator('lab-column-types option[value=""]', { hasNotText: 'as the cells say' });
    await types.first().waitFor({ state: 'attached' });
    const sides = ['lab-head', 'lab-lessons', 'lab-data', 'lab-settings', 'lab-engine', 'lab-help', 'lab-changes'];
    const still = ['lab-app', ...sides, 'lab-data-dialogs', 'lab-linked', 'lab-predict'];
    const drawn = await lab.page.locator('lab-app').evaluateHandle((app, names) => {
      const times: Record<string, number> = {};
      for (const name of names) {
        times[name] = 0;
        const drawn = name === 'lab-app' ? app : app.shadowRoot?.querySelector(name);
        const element = drawn as unknown as { updated: () => void };
        element.updated = () => {
          times[name] += 1;
        };
      }
      return times;
    }, still);
    await lab.trains((await lab.epoch()) + 50);
    expect(await drawn.jsonValue()).toEqual(Object.fromEntries(still.map((name) => [name, 0])));
  }));

test('what is loaded before the first epoch is light', async () => {
  const sizes = new Map<string, Promise<number>>();
  await withLab(
    browser,
    async (lab) => {
      await lab.trains(1);
      const bytes = await Promise.all(sizes.values());
      expect(sizes.size).toBeGreaterThan(2);
      expect(sizes.size).toBeLessThan(30);
      expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(firstLoad);
    },
    {
      // The copy that is kept for offline use is fetched after the page works, and is not counted.
      serviceWorkers: 'block',
      prepare: async (page) => {
        page.on('response', (response) => {
          const size = response.body().then((body) => gzipSync(body, { level: 9 }).length);
          // Of what comes after the first epoch nobody asks, and the page may be closed before it is there.
          size.catch(() => {});
          sizes.set(response.url(), size);
        });
      },
    },
  );
});
