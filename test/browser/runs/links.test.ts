/** What a link brings back, in this tab and in another. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Lab, launch, withLab } from '../support/lab.ts';
import { anotherTab, losses } from '../support/tabs.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const moons = '#data=moons&rows=200&target=class&hidden=8&epochs=30&seed=7&engine=cpu';

/** What the run took goes into its link. */
const plan = /&plan=cpu:(simd|relaxed)/;

/** The address is put in by hand. */
async function opensMoons(lab: Lab): Promise<void> {
  await lab.trains(1);
  await lab.begins(() =>
    lab.page.evaluate((hash) => {
      location.hash = hash;
    }, moons),
  );
}

test('the same link makes the same run, bit for bit, in another tab too; the address says what was changed', () =>
  withLab(browser, async (lab) => {
    await opensMoons(lab);
    await lab.page.locator('lab-run', { hasText: 'moons' }).first().waitFor();
    await lab.reaches('done');
    const first = await losses(lab);
    expect(first).toHaveLength(31);
    // The plan is known a little later than the run.
    await lab.page.waitForURL(plan);
    const { hash } = new URL(lab.page.url());
    expect(hash.replace(plan, '')).toBe(moons);
    const other = await anotherTab(lab, hash);
    await other.reaches('done');
    expect(await losses(other)).toEqual(first);
    await expect.poll(() => new URL(other.page.url()).hash).toBe(hash);
    await other.fill('trial.training.seed', '8');
    await other.restart();
    await other.page.waitForURL(/seed=8/);
    await other.reaches('done');
    expect(await losses(other)).not.toEqual(first);
  }));

test('the link of a run that was changed while it trained repeats the changes, bit for bit', () =>
  withLab(browser, async (lab) => {
    await opensMoons(lab);
    await lab.begins(() => lab.button('Reset').click());
    for (let epoch = 1; epoch <= 2; epoch++) {
      await lab.button('Step').click();
      await lab.trains(epoch);
      await lab.reaches('paused');
    }
    await lab.fill('trial.training.optimizer.learning_rate', '0.05');
    const changed = 'Changed: learning rate 0.001 → 0.05 from epoch 3';
    await lab.page.locator(`lab-losses .plot[aria-label*="${changed}"]`).waitFor();
    await lab.page.waitForURL(/changes=learning_rate:0\.05@\d+$/);
    const { hash } = new URL(lab.page.url());
    expect(hash.replace(plan, '')).toBe(`${moons}&changes=${hash.split('changes=')[1]}`);
    await lab.button('Train').click();
    await lab.reaches('done');
    const first = await losses(lab);

    const other = await anotherTab(lab, hash);
    await other.reaches('done');
    expect(await losses(other)).toEqual(first);
    await other.page.locator(`lab-losses .plot[aria-label*="${changed}"]`).waitFor();
    const rate = other.field('trial.training.optimizer.learning_rate').getByRole('textbox');
    await expect.poll(() => rate.inputValue()).toBe('0.05');
    expect(new URL(other.page.url()).hash).toBe(hash);
    // It is still there after a reload, and without it the run is another.
    await other.page.reload();
    await other.reaches('done');
    await other.page.locator(`lab-losses .plot[aria-label*="${changed}"]`).waitFor();
    expect(new URL(other.page.url()).hash).toBe(hash);
    const plain = await anotherTab(lab, moons);
    await plain.reaches('done');
    expect(await losses(plain)).not.toEqual(first);
  }));

test('a link to a file says which one to open, and trains it with its settings once it is', () =>
  withLab(browser, async (lab) => {
    await lab.trains(1);
    const other = await anotherTab(lab, '#file=prices.csv&target=a&hidden=3&epochs=12&nonsense=1');
    const notice = other.page.locator('lab-linked');
    await notice.locator('p', { hasText: 'prices.csv' }).waitFor();
    await notice.locator('p', { hasText: 'nonsense' }).waitFor();
    const table = `a,b\n${Array.from({ length: 60 }, (_, row) => `${row * 2},${row}`).join('\n')}`;
    await other.trainCsv('prices.csv', table);
    await other.reaches('done');
    expect(await other.epoch()).toBe(12);
    await expect.poll(() => other.field('trial.model.hidden').getByRole('textbox').inputValue()).toBe('3');
    // The file itself outlives a reload.
    await other.page.reload();
    await other.reaches('done');
    await other.page.locator('lab-data').getByText('prices.csv').first().waitFor();
  }));
