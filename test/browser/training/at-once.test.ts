/** Changes that are trained without being asked for, where a run is short. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Lab, launch, withLab } from '../support/lab.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const hidden = 'trial.model.hidden';
const rate = 'trial.training.optimizer.learning_rate';
const waiting = '1 change not in the run yet';

/** On a run that counts as short on every machine: a busy one may take seconds for three epochs, so the worker's clock is slow. */
function withShortRun(work: (lab: Lab) => Promise<void>): Promise<void> {
  const served = `${inject('labUrl')}#sample=curve&hidden=8&epochs=3`;
  return withLab(
    browser,
    async (lab) => {
      await lab.reaches('done');
      for (const worker of lab.page.workers()) {
        await worker.evaluate(() => {
          const now = performance.now.bind(performance);
          performance.now = () => now() / 100;
        });
      }
      // What is known of the cost of a run is that of the last one.
      await lab.restart('Train again');
      await lab.reaches('done');
      await work(lab);
    },
    { atOnce: true, served },
  );
}

function textOf(lab: Lab, path: string): Promise<string> {
  return lab.field(path).getByRole('textbox').inputValue();
}

/** How many runs there have been. */
async function runs(lab: Lab): Promise<number> {
  return Number(await lab.run());
}

test('a change begins a new run by itself, and is undone step by step', () =>
  withShortRun(async (lab) => {
    const parameters = lab.page.locator('lab-results dd').filter({ hasText: /^\s*(25|31|37)\s*$/ });
    await lab.begins(() => lab.fill(hidden, '10'));
    await lab.reaches('done');
    await expect.poll(() => parameters.textContent()).toContain('31');
    expect(await lab.field(hidden).getAttribute('changed')).toBe(null);
    await lab.begins(() => lab.fill(hidden, '12'));
    await expect.poll(() => parameters.textContent()).toContain('37');
    await lab.begins(() => lab.button('Undo').click());
    await expect.poll(() => textOf(lab, hidden)).toBe('10');
    await lab.begins(() => lab.button('Undo').click());
    await expect.poll(() => parameters.textContent()).toContain('25');
    await expect.poll(() => textOf(lab, hidden)).toBe('8');
    await expect.poll(() => lab.button('Undo').count()).toBe(0);
  }));

test('a slider that is dragged is one change', () =>
  withShortRun(async (lab) => {
    const before = await runs(lab);
    const { mouse } = lab.page;
    const slider = lab.field(rate).getByRole('slider');
    await slider.evaluate((input) => input.scrollIntoView({ block: 'center' }));
    const box = await slider.boundingBox();
    if (!box) throw new Error('the slider is not in sight');
    const y = box.y + box.height / 2;
    await mouse.move(box.x + box.width / 2, y);
    await mouse.down();
    const seen = new Set<string>();
    for (const share of [0.55, 0.6, 0.65, 0.7]) {
      await mouse.move(box.x + share * box.width, y);
      await expect.poll(() => textOf(lab, rate)).not.toBe([...seen].at(-1) ?? '0.001');
      seen.add(await textOf(lab, rate));
    }
    expect(seen.size).toBe(4);
    await lab.begins(() => mouse.up());
    await lab.reaches('done');
    expect(await runs(lab)).toBe(before + 1);
    expect(await textOf(lab, rate)).toBe([...seen].at(-1));
  }));

test('what cannot be trained stays as it was typed, and is trained once it is mended', () =>
  withShortRun(async (lab) => {
    const before = await runs(lab);
    await lab.fill(hidden, '9');
    await lab.fill(rate, 'fast');
    await lab.field(rate).getByRole('alert').waitFor();
    expect(await textOf(lab, rate)).toBe('fast');
    await lab.fill(rate, '0.02');
    await lab.page.locator(`.page:not([data-run="${before}"])`).waitFor();
    await lab.field(rate).and(lab.page.locator(':not([changed])')).waitFor();
    expect([await textOf(lab, hidden), await textOf(lab, rate)]).toEqual(['9', '0.02']);
  }));

test('a run that takes longer waits for its button, and so does every run where that is preferred', () =>
  withShortRun(async (lab) => {
    await lab.fill('trial.training.epochs', '10000000');
    await lab.page.getByText(waiting).waitFor();
    await lab.button('Discard').click();
    const switched = lab.page.getByLabel('apply at once');
    await switched.uncheck();
    await lab.fill(hidden, '6');
    await lab.page.getByText(waiting).waitFor();
    await lab.page.reload();
    await lab.reaches('done');
    expect(await switched.isChecked()).toBe(false);
    await lab.fill(hidden, '6');
    await lab.page.getByText(waiting).waitFor();
    await lab.begins(() => switched.check());
    await lab.field(hidden).and(lab.page.locator(':not([changed])')).waitFor();
  }));

test('a run that somebody holds is not replaced', () =>
  withShortRun(async (lab) => {
    await lab.begins(() => lab.button('Reset').click());
    await lab.reaches('ready');
    const held = await lab.run();
    await lab.fill(hidden, '6');
    await lab.page.getByText(waiting).waitFor();
    expect(await lab.run()).toBe(held);
    await lab.begins(() => lab.button('Train').click());
    await lab.field(hidden).and(lab.page.locator(':not([changed])')).waitFor();
  }));

test('changes made while looking at the data are trained together, when that is closed', () =>
  withShortRun(async (lab) => {
    const before = await runs(lab);
    await lab.button('Look at the data').click();
    await lab.page.locator('lab-preview').getByRole('slider').first().press('ArrowLeft');
    await lab.page
      .locator('lab-data-dialogs')
      .getByText(/not in the run yet/)
      .waitFor();
    expect(await runs(lab)).toBe(before);
    await lab.begins(() => lab.page.keyboard.press('Escape'));
  }));
