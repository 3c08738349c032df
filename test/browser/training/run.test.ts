/** The lab's run: it trains at once, and train, pause, step and reset do what they say. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserArguments } from '../../../src/machine/browser.ts';
import { launch, withLab } from '../support/lab.ts';

let browser: Browser;
/** One with WebGPU, on a software adapter: slow at drawing, so for tests that need it alone. */
let gpu: Browser;
beforeAll(async () => {
  [browser, gpu] = await Promise.all([launch(), launch(browserArguments)]);
});
afterAll(() => Promise.all([browser.close(), gpu.close()]));

describe('the sample curve', () => {
  test('is trained at once and learned, without a click', () =>
    withLab(gpu, async (lab) => {
      await lab.reaches('done');
      // The baseline is 0.83: a fourth of it is a curve that everybody sees.
      expect(await lab.headline()).toBeLessThan(0.2);
    }));

  test('is drawn: points, model and losses', () =>
    withLab(browser, async (lab) => {
      await lab.reaches('done');
      const colours = (element: string) =>
        lab.page.locator(`${element} canvas`).evaluate((canvas: HTMLCanvasElement) => {
          const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
          let blue = 0;
          let orange = 0;
          for (let at = 0; at < data.length; at += 4) {
            if (data[at + 3] < 200) continue;
            if (data[at] < 60 && data[at + 2] > 140) blue += 1;
            if (data[at] > 170 && data[at + 2] < 60) orange += 1;
          }
          return { blue, orange };
        });
      for (const element of ['lab-fit', 'lab-losses']) {
        // What the end brings is drawn a moment after it is told.
        const least = async () => Math.min(...Object.values(await colours(element)));
        await expect.poll(least, { message: element }).toBeGreaterThan(300);
      }
    }));

  test('ends with metrics of all three parts, an outcome and the engine in words', () =>
    withLab(gpu, async ({ page, ...lab }) => {
      await page.locator('.page[data-state=done]').waitFor();
      const cells = page.locator('lab-metrics tbody tr').first().locator('td');
      await expect.poll(() => cells.count()).toBe(3);
      expect((await cells.allTextContents()).map(Number).every((value) => value > 0.05 && value < 0.2)).toBe(true);
      await expect.poll(() => page.locator('#outcome').textContent()).toBe('Trained all 200 epochs.');
      await expect.poll(() => page.locator('lab-results #engine').textContent()).toContain('CPU');
      await expect.poll(() => page.locator('lab-results .why').textContent()).toContain('swiftshader');
      expect(lab).toBeDefined();
    }));
});

describe('controls of the run', () => {
  test('pause holds, step adds exactly one epoch, reset goes back to 0, train goes on', () =>
    withLab(browser, async (lab) => {
      await lab.trainsLong();
      await lab.trains(5);
      await lab.button('Pause').click();
      await lab.reaches('paused');
      const held = await lab.epoch();
      await lab.button('Step').click();
      await lab.trains(held + 1);
      await lab.reaches('paused');
      expect(await lab.epoch()).toBe(held + 1);
      await lab.button('Train').click();
      await lab.trains(held + 5);
      await lab.button('Reset').click();
      await lab.reaches('ready');
      expect(await lab.epoch()).toBe(0);
      await lab.button('Step').click();
      await lab.reaches('paused');
      expect(await lab.epoch()).toBe(1);
    }));

  test('the same seed gives the same run', () =>
    withLab(browser, async (lab) => {
      await lab.reaches('done');
      const first = await lab.headline();
      await lab.restart('Train again');
      await lab.reaches('done');
      expect(await lab.headline()).toBe(first);
    }));

  test('keys: space, s, r and l, but not while somebody types', () =>
    withLab(browser, async (lab) => {
      const { keyboard } = lab.page;
      await lab.trainsLong();
      await lab.trains(3);
      await keyboard.press(' ');
      await lab.reaches('paused');
      const held = await lab.epoch();
      await keyboard.press('s');
      await lab.trains(held + 1);
      await lab.reaches('paused');
      expect(await lab.epoch()).toBe(held + 1);
      await keyboard.press('l');
      await lab.page.locator('lab-losses .log[aria-pressed=true]').waitFor();
      await lab.field('trial.training.seed').getByRole('textbox').focus();
      await keyboard.press('r');
      await keyboard.press('s');
      await lab.page.locator('h1').click();
      await lab.button('Discard').click();
      await lab.page.locator('h1').click();
      // A step or a reset of what was typed would come before this step.
      await keyboard.press('s');
      await lab.trains(held + 2);
      await lab.reaches('paused');
      expect(await lab.epoch()).toBe(held + 2);
      await keyboard.press('r');
      await lab.reaches('ready');
    }));

  test('a run that diverges says so and what to do', () =>
    withLab(browser, async (lab) => {
      await lab.trains(1);
      await lab.choose('trial.training.optimizer.kind', 'sgd');
      await lab.fill('trial.training.optimizer.learning_rate', '100');
      await lab.restart();
      await lab.reaches('diverged');
      await expect.poll(() => lab.page.locator('#outcome').textContent()).toMatch(/^Diverged in epoch \d+: .*try 10, /);
      await lab.button('Train with 10').waitFor();
      await lab.choose('trial.training.optimizer.kind', 'adam');
      await lab.fill('trial.training.optimizer.learning_rate', '0.01');
      await lab.restart('Train again');
      await lab.reaches('done');
      expect(await lab.headline()).toBeLessThan(0.2);
    }));
});

test('a worker that dies is said, and reset goes on with a new one', () => {
  let broken = true;
  return withLab(
    browser,
    async (lab) => {
      await lab.reaches('failed');
      await expect.poll(() => lab.page.locator('#outcome').textContent()).toContain('The training worker stopped');
      broken = false;
      await lab.page.locator('lab-results .outcome button').click();
      await lab.reaches('ready');
      await lab.button('Train').click();
      await lab.trains(3);
    },
    {
      expected: /ERR_FAILED/,
      serviceWorkers: 'block',
      prepare: async (page) => {
        await page.route('**/worker-*.js', (route) => (broken ? route.abort() : route.continue()));
      },
    },
  );
});

test('a table of classes is trained, and scored as one', () =>
  withLab(browser, async (lab) => {
    await lab.trains(1);
    const rows = Array.from({ length: 120 }, (_, i) => {
      const own = i % 3;
      return `${(own + Math.sin(i) / 4).toFixed(3)},${['left', 'up', 'left'][own]},${['a', 'b', 'c'][own]}`;
    });
    await lab.trainCsv('classes.csv', `size,side,kind\n${rows.join('\n')}\n`);
    await lab.page.locator('lab-data .name', { hasText: 'classes.csv' }).waitFor();
    await lab.reaches('done');
    const results = lab.page.locator('lab-results');
    await results.getByText('validation accuracy', { exact: true }).waitFor();
    expect(await lab.headline()).toBeGreaterThan(0.9);
    const f1 = await results
      .getByRole('row', { name: /^macro F1/ })
      .getByRole('cell')
      .allTextContents();
    expect(f1).toHaveLength(3);
    for (const cell of f1) expect(Number(cell)).toBeGreaterThan(0.8);
    await results.getByText('More metrics', { exact: true }).first().click();
    const shown = (name: RegExp) => results.getByRole('row', { name }).getByRole('cell').allTextContents();
    const scores = async (name: RegExp) => (await shown(name)).map(Number);
    expect(Math.min(...(await scores(/^balanced accuracy/)))).toBeGreaterThan(0.8);
    expect(await scores(/^calibration error/)).toHaveLength(3);
    // As good as none is written with a power of ten.
    for (const error of await shown(/^calibration error/)) expect(error).toMatch(/^0\.[0-2]|10\S+$/);
    const confusion = lab.page.locator('lab-confusion').getByRole('table', { name: /by actual and predicted kind/ });
    await confusion.waitFor();
    await expect.poll(() => confusion.getByRole('row').count()).toBe(4);
    // 18 validation rows, six of each class, nearly all of them on the diagonal.
    const cells = (await confusion.getByRole('cell').allTextContents()).map(Number);
    expect(cells.reduce((sum, count) => sum + count, 0)).toBe(18);
    expect(cells[0] + cells[4] + cells[8]).toBeGreaterThan(15);
    await expect.poll(() => lab.field('trial.training.loss').getByRole('combobox').inputValue()).toBe('auto');
    const history = await lab.download(/Download history/);
    expect(history.bytes.toString()).toMatch(/^epoch,train_loss,validation_loss,accuracy,log_loss,seconds\n1,/);
  }));
