/**
 * 300 actions of nobody in particular leave no error, and a page that still trains. `MONKEY_SEED=7` does those of a seed
 * again; `MONKEY_GPU=1` with WebGPU, which a press may choose: on a software adapter that takes twice as long.
 */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { browserArguments } from '../../../src/machine/browser.ts';
import { offences } from '../support/axe.ts';
import { type Lab, launch, withLab } from '../support/lab.ts';
import { Monkey } from '../support/monkey.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch(process.env.MONKEY_GPU ? browserArguments : undefined);
});
afterAll(() => browser.close());

const seed = Number(process.env.MONKEY_SEED ?? 1);
const widths = [1440, 400];
const actions = 300;

test(`300 actions from seed ${seed}`, async () => {
  const done: string[] = [];
  try {
    await withLab(browser, (lab) => play(lab, done), { atOnce: true });
  } catch (error) {
    throw new Error(`seed ${seed}, after ${done.join('; ')}`, { cause: error });
  }
});

async function play(lab: Lab, done: string[]): Promise<void> {
  const { page } = lab;
  const ofGpu: string[] = [];
  page.on('console', (message) => {
    if (/GPU/.test(message.text())) ofGpu.push(message.text());
  });
  page.on('popup', (popup) => void popup.close());
  await lab.reaches('done');
  const monkey = new Monkey(page, seed);
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    for (let count = 0; count < actions / widths.length; count += 1) done.push(await monkey.act());
  }
  expect(ofGpu).toEqual([]);
  expect(await offences(page)).toEqual([]);
  await stillTrains(lab);
  expect(await offences(page)).toEqual([]);
}

/** Whatever was left open or training: another table, and a run of it from beginning to end. */
async function stillTrains({ page }: Lab): Promise<void> {
  await expect
    .poll(async () => {
      await page.keyboard.press('Escape');
      return page.locator('dialog[open]').count();
    })
    .toBe(0);
  await page.setViewportSize({ width: widths[0], height: 900 });
  const fitting = page.locator('lab-fit-bar progress');
  if (await fitting.isVisible()) await page.locator('lab-fit-bar .find').click();
  await fitting.waitFor({ state: 'detached' });
  const sweep = page.locator('lab-sweep-opener button');
  if (await sweep.isEnabled()) {
    // Out of sight while a best model is shown.
    await sweep.dispatchEvent('click');
    await page.locator('lab-sweep dialog[open]').waitFor();
    const end = page.locator('lab-sweep-settings button.train:not(.primary)');
    if (await end.isVisible()) await end.click();
    await end.waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
  }
  const discard = page.locator('lab-changes button.quiet');
  if (await discard.isVisible()) await discard.click();
  const before = await page.locator('.page').getAttribute('data-run');
  // Its button may be out of sight, as on a narrow page.
  await page.locator('lab-data').evaluate((element) => {
    (element as unknown as { tables: { show(dialog: string): void } }).tables.show('samples');
  });
  await page.locator('lab-gallery [data-sample=xor]').click();
  await page.locator(`.page:is([data-state=done], [data-state=diverged]):not([data-run="${before}"])`).waitFor();
}
