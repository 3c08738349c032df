/** What there is to watch: epochs to go back to, a replay of them, and the speed of training. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Lab, launch, withLab } from '../support/lab.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

function epochShown(lab: Lab): Promise<string | null> {
  return lab.page.locator('lab-toolbar .epoch dd').textContent();
}

/** The epochs that are shown until the replay is over. */
async function replayed(lab: Lab): Promise<number[]> {
  const shown = await lab.page.locator('lab-toolbar').evaluateHandle((toolbar) => {
    const epochs: number[] = [];
    const element = toolbar as unknown as { updated: () => void };
    element.updated = () =>
      epochs.push(Number.parseInt(toolbar.shadowRoot?.querySelector('.epoch dd')?.textContent ?? '', 10));
    return epochs;
  });
  await lab.button('Replay').click();
  await lab.button('Stop the replay').waitFor();
  await lab.button('Replay').waitFor();
  return (await shown.jsonValue()).filter((epoch, index, all) => epoch !== all[index - 1]);
}

test('the slider goes back to epochs that are gone, in every view, and to the newest', () =>
  withLab(browser, async (lab) => {
    await lab.reaches('done');
    const slider = lab.page.getByRole('slider', { name: 'Epoch that is shown' });
    await slider.press('Home');
    await lab.page.getByRole('img', { name: /after epoch 0\b/ }).waitFor();
    await expect.poll(() => epochShown(lab)).toBe('0 / 200');
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe('epoch 0');
    const marked = lab.page.locator('lab-losses .moment');
    await expect.poll(() => marked.textContent()).toBe('shown: epoch 0');
    await lab.page.getByRole('tab', { name: 'Residuals' }).click();
    await lab.page.getByRole('img', { name: /^Residuals of .*after epoch 0\b/ }).waitFor();
    await slider.press('ArrowRight');
    await lab.page.getByRole('img', { name: /^Residuals of .*after epoch [1-9]\b/ }).waitFor();
    await slider.press('End');
    await lab.page.getByRole('img', { name: /^Residuals of .*after epoch 200\b/ }).waitFor();
    await expect.poll(() => epochShown(lab)).toBe('200 / 200');
    expect(await marked.count()).toBe(0);
  }));

test('a replay shows the run from its beginning to its end, and key p begins it', () =>
  withLab(browser, async (lab) => {
    await lab.reaches('done');
    const epochs = await replayed(lab);
    expect(epochs.length).toBeGreaterThan(15);
    expect(epochs).toContain(0);
    expect(epochs.slice(epochs.indexOf(0))).toEqual(epochs.slice(epochs.indexOf(0)).toSorted((a, b) => a - b));
    expect(epochs.at(-1)).toBe(200);
    await lab.page.locator('h1').first().click();
    await lab.page.keyboard.press('p');
    await lab.button('Stop the replay').click();
    await lab.button('Replay').waitFor();
    await expect.poll(() => epochShown(lab)).not.toBe('200 / 200');
    await lab.restart('Train again');
    await lab.reaches('done');
    await expect.poll(() => epochShown(lab)).toBe('200 / 200');
  }));

test('a replay is a few still pictures for those who want little motion', () =>
  withLab(
    browser,
    async (lab) => {
      await lab.reaches('done');
      const epochs = await replayed(lab);
      expect(epochs.length).toBeGreaterThan(3);
      expect(epochs.length).toBeLessThanOrEqual(8);
    },
    { reducedMotion: 'reduce' },
  ));

test('the speed holds training to so many epochs a second, and lets it go again', () =>
  withLab(browser, async (lab) => {
    await lab.reaches('done');
    const speed = lab.page.getByRole('combobox', { name: 'Speed of training and replay' });
    await speed.selectOption('5 epochs/s');
    await lab.restart('Train again');
    await lab.trains(3);
    const from = performance.now();
    const first = await lab.epoch();
    await lab.trains(first + 8);
    // Eight epochs end no sooner than the turns between them; a page that is late with the first has shown three more by then.
    expect(performance.now() - from).toBeGreaterThan(790);
    await speed.selectOption('full speed');
    await lab.reaches('done');
  }));
