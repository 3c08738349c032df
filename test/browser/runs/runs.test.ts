/** The list of runs: names, pins, notes, overlays, differences, deleting with a way back, and groups of seeds. */
import type { Browser, Locator } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadModel } from '../../../src/model/file/load-model.ts';
import { offences } from '../support/axe.ts';
import { type Lab, launch, withLab } from '../support/lab.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const row = (lab: Lab, name: string): Locator =>
  lab.page.locator('lab-run').filter({ has: lab.page.locator(`.name[title="${name}"]`) });

async function opened(lab: Lab, name: string): Promise<Locator> {
  const found = row(lab, name);
  await found.getByRole('button', { name: /^More of/ }).click();
  return found;
}

/** The automatic name of the run with large batches. */
const quick = 'batch 64, epochs 20';

/** Trains short runs that differ by what is given; the first is there already. */
async function trainRuns(lab: Lab, changes: [string, string][]): Promise<void> {
  await lab.trains(1);
  for (const [path, text] of [['trial.training.epochs', '20'], ...changes]) {
    const before = await lab.page.locator('lab-run[current]').getAttribute('data-run');
    await lab.fill(path, text);
    await lab.restart();
    await lab.page.locator(`lab-run[current]:not([data-run="${before}"])`).waitFor();
    await lab.reaches('done');
  }
}

test('runs are named by what differs, can be renamed, pinned, noted and compared, and all of it is kept', () =>
  withLab(browser, async (lab) => {
    await trainRuns(lab, [['trial.training.batch_size', '64']]);
    await row(lab, quick).waitFor();
    const fast = await opened(lab, quick);
    const other = await lab.page.locator('lab-run').nth(1).locator('.name').getAttribute('title');
    await fast.getByRole('combobox').selectOption({ label: other ?? '' });
    const table = fast.locator('lab-run-diff table');
    await expect.poll(() => table.textContent()).toContain('Batch size');
    expect(await table.textContent()).not.toContain('Seed');
    await fast.getByRole('button', { name: 'Pin', exact: true }).click();
    await fast.getByRole('textbox', { name: /^Note/ }).fill('the quick one');
    await fast.getByRole('button', { name: 'Rename' }).click();
    const name = lab.page.getByRole('textbox', { name: /^Name of the run/ });
    await name.fill('large batches');
    await name.press('Enter');
    await row(lab, 'large batches').waitFor();
    await lab.page.reload();
    await row(lab, 'large batches').waitFor();
    await row(lab, 'large batches').getByText('★').waitFor();
    await row(lab, 'large batches').getByText('the quick one').waitFor();
  }));

test('what was deleted can be undone for a while, or until something else is done', () =>
  withLab(
    browser,
    async (lab) => {
      const { page } = lab;
      await lab.reaches('done');
      await lab.begins(() => lab.button('Train again').click());
      await lab.reaches('done');
      await lab.begins(() => lab.button('Train again').click());
      await lab.reaches('done');
      await expect.poll(() => page.locator('lab-run').count()).toBe(3);
      const undo = lab.button('Undo');
      const remove = async () => {
        const run = page.locator('lab-run').last();
        await run.getByRole('button', { name: /^More of/ }).click();
        await run.getByRole('button', { name: 'Delete' }).click();
        await page.clock.runFor(500);
        await undo.waitFor();
        await expect.poll(() => page.locator('lab-undo').getByRole('status').textContent()).toMatch(/^Deleted .+\.$/);
      };

      // From here on time passes when the test says so.
      await page.clock.pauseAt(Date.now() + 60_000);
      await remove();
      await page.clock.fastForward(19_000);
      expect(await undo.isVisible()).toBe(true);
      await page.clock.fastForward(2000);
      await undo.waitFor({ state: 'hidden' });

      await remove();
      // Somebody who points at it is not hurried.
      await undo.hover();
      await page.clock.fastForward(60_000);
      expect(await undo.isVisible()).toBe(true);
      await page.getByRole('tab').nth(1).click();
      await undo.waitFor({ state: 'hidden' });
      await expect.poll(() => page.locator('lab-run').count()).toBe(1);
    },
    { prepare: (page) => page.clock.install() },
  ));

test('a deleted run comes back by the keyboard; the settings of a run go into the controls', () =>
  withLab(browser, async (lab) => {
    await trainRuns(lab, [['trial.training.batch_size', '64']]);
    await (await opened(lab, quick)).getByRole('button', { name: 'Delete' }).click();
    await row(lab, quick).waitFor({ state: 'detached' });
    await lab.page
      .getByRole('status')
      .filter({ hasText: `Deleted ${quick}.` })
      .waitFor({ state: 'attached' });
    await lab.page.keyboard.press('Enter');
    await row(lab, quick).waitFor();
    await lab.fill('trial.training.batch_size', '5');
    await (await opened(lab, quick)).getByRole('button', { name: 'Take these settings' }).click();
    await expect.poll(() => lab.field('trial.training.batch_size').getByRole('textbox').inputValue()).toBe('64');
  }));

test('runs are drawn behind the current one; those that differ by seed are one row with mean and sd', () =>
  withLab(browser, async (lab) => {
    await trainRuns(lab, [
      ['trial.training.seed', '2'],
      ['trial.training.seed', '3'],
    ]);
    await lab.page.getByRole('checkbox', { name: /only by seed/ }).check();
    const group = lab.page.locator('lab-run', { hasText: '3 seeds' });
    await group.waitFor();
    await expect.poll(() => group.locator('.score').textContent()).toMatch(/^[\d.]+ ± [\d.]+$/);
    await group.getByRole('button', { name: /^Draw/ }).click();
    await lab.page.locator('lab-overlay-key', { hasText: 'sd over 3 seeds' }).waitFor();
    await expect.poll(() => group.getByRole('button', { name: /^Draw/ }).getAttribute('aria-pressed')).toBe('true');
    await group.getByRole('button', { name: /^Draw/ }).click();
    await lab.page.locator('lab-overlay-key li').first().waitFor({ state: 'detached' });
  }));

test('a run of the list is saved as model, history and settings, and the open one as a report', () =>
  withLab(browser, async (lab) => {
    await trainRuns(lab, [['trial.training.batch_size', '64']]);
    await opened(lab, quick);
    const model = await lab.download('Save model');
    expect(model.name).toBe('batch-64-epochs-20.safetensors');
    expect(loadModel(model.bytes, model.name).members[0].settings.training.batch_size).toBe(64);
    const history = await lab.download('Save history');
    expect(history.bytes.toString().trim().split('\n')).toHaveLength(21);
    const file = JSON.parse((await lab.download('Save run file')).bytes.toString());
    expect(file.settings.training.batch_size).toBe(64);
    expect(file.epochs_run).toBe(20);
    const report = (await lab.download(/Download report/)).bytes.toString();
    expect(report).toContain('--batch_size');
    expect(report).not.toMatch(/(src|href)="https?:/);
  }));

test('runs are put in the order of a metric, the open one first', () =>
  withLab(browser, async (lab) => {
    await trainRuns(lab, [
      ['trial.training.batch_size', '200'],
      ['trial.training.batch_size', '64'],
    ]);
    await lab.page.getByRole('combobox', { name: 'Order of the runs' }).selectOption('rmse');
    const scores = await lab.page.locator('lab-run .score').allTextContents();
    const [, ...others] = scores.map(Number);
    expect(others).toEqual([...others].sort((a, b) => a - b));
    expect(await lab.page.locator('lab-run').first().getAttribute('current')).not.toBeNull();
  }));

test('axe finds nothing in the list, with a row open, in light and dark', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await withLab(
      browser,
      async (lab) => {
        await trainRuns(lab, [['trial.training.batch_size', '64']]);
        const found = await opened(lab, quick);
        await found.getByRole('combobox').selectOption({ index: 1 });
        await found.getByRole('button', { name: /^Draw/ }).click();
        expect(
          await offences(lab.page, [
            ['lab-app', 'lab-runs'],
            ['lab-app', 'lab-losses'],
          ]),
        ).toEqual([]);
      },
      { colorScheme },
    );
  }
});
