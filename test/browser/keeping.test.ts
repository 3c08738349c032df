/** What outlives a reload, what a link brings back, and what happens where nothing can be kept. */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Lab, launch, withLab } from './lab.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** Losses by epoch, as the page would save them, without the times. */
async function losses(lab: Lab): Promise<string[]> {
  const { bytes } = await lab.download(/Download history/);
  return bytes
    .toString()
    .trim()
    .split('\n')
    .map((line) => line.split(',').slice(0, 3).join(','));
}

const rows = (page: Page) => page.locator('lab-run');

test('a reload brings back the run that ended, bit for bit, and the list', () =>
  withLab(browser, async (lab) => {
    await lab.reaches('done');
    const before = await losses(lab);
    const headline = await lab.headline();
    await rows(lab.page).first().waitFor();
    await lab.page.reload();
    await lab.reaches('done');
    expect(await losses(lab)).toEqual(before);
    expect(await lab.headline()).toBe(headline);
    expect(await rows(lab.page).count()).toBe(1);
  }));

test('a reload in the middle goes on, and comes to the same bits as a run that was left alone', () =>
  withLab(browser, async (lab) => {
    await lab.reaches('done');
    await lab.fill('trial.training.epochs', '1000');
    await lab.button('Restart').click();
    await lab.trains(60);
    await lab.page.reload();
    await lab.reaches('running');
    await lab.reaches('done');
    const resumed = await losses(lab);
    expect(resumed).toHaveLength(1001);
    await lab.button('Train again').click();
    await lab.reaches('running');
    await lab.reaches('done');
    expect(await losses(lab)).toEqual(resumed);
  }));

test('a paused run is paused after a reload', () =>
  withLab(browser, async (lab) => {
    await lab.trains(1);
    await lab.fill('trial.training.epochs', '100000');
    await lab.button('Restart').click();
    await lab.trains(20);
    await lab.button('Pause').click();
    await lab.reaches('paused');
    const epoch = await lab.epoch();
    await lab.page.waitForFunction(async () => {
      const open = indexedDB.open('perceptron-lab');
      const db = await new Promise<IDBDatabase>((resolve) => {
        open.onsuccess = () => resolve(open.result);
      });
      const request = db.transaction('tabs').objectStore('tabs').getAll();
      const tabs = await new Promise<{ playing: boolean }[]>((resolve) => {
        request.onsuccess = () => resolve(request.result);
      });
      db.close();
      return tabs.length === 1 && !tabs[0].playing;
    });
    await lab.page.reload();
    await lab.reaches('paused');
    expect(await lab.epoch()).toBe(epoch);
    await lab.button('Train').click();
    await lab.trains(epoch + 5);
  }));
