/** The keyboard goes on where it was when the control that had the focus goes away. */
import type { Browser, Locator } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Lab, launch, withLab } from '../support/lab.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** Presses it by the keyboard. */
async function press(button: Locator): Promise<void> {
  await button.focus();
  await button.press('Enter');
}

/** What has the focus, however deep: its element, and its id or class. */
function focused(lab: Lab): Promise<string> {
  return lab.page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return `${element?.localName} ${element?.id || element?.className || element?.ariaLabel || ''}`.trim();
  });
}

test('at the settings: a change that is taken back, a layer that is edited no more, changes that are discarded', () =>
  withLab(browser, async (lab) => {
    await lab.reaches('done');
    await lab.fill('trial.training.batch_size', '64');
    await press(lab.field('trial.training.batch_size').getByRole('button', { name: /Go back to that/ }));
    await expect.poll(() => focused(lab)).toBe('input control');
    await lab.page.getByRole('slider', { name: 'Hidden layer 2, units' }).press('Enter');
    await press(lab.button('All layers'));
    await expect.poll(() => focused(lab)).toBe('button add');
    await lab.fill('trial.training.batch_size', '64');
    await press(lab.button('Discard'));
    await expect.poll(() => focused(lab)).toMatch(/^section side left/);
  }));

test('at a lesson that is closed, and at a run that is brought back', () =>
  withLab(browser, async (lab) => {
    await lab.reaches('done');
    await lab.page.getByText('Lessons', { exact: true }).click();
    await lab.begins(() => lab.button('Batch size').click());
    await press(lab.button('Close the lesson'));
    await expect.poll(() => focused(lab)).toBe('main');
    const run = lab.page.locator('lab-run').last();
    await run.getByRole('button', { name: /^More of/ }).click();
    await press(run.getByRole('button', { name: 'Delete' }));
    await expect.poll(() => focused(lab)).toBe('button undo');
    await lab.page.keyboard.press('Enter');
    await expect.poll(() => focused(lab)).toMatch(/^section side right/);
  }));

test('at what a sweep varies no more', () =>
  withLab(browser, async (lab) => {
    await lab.reaches('done');
    await lab.button('Sweep…').click();
    const dialog = lab.page.getByRole('dialog', { name: 'Sweep' });
    await dialog.getByRole('combobox', { name: 'Vary a setting' }).selectOption('training.batch_size');
    await press(dialog.getByRole('button', { name: 'Do not vary Batch size' }));
    await expect.poll(() => focused(lab)).toBe('select add');
  }));

test.each([1440, 400])(
  'from the top at %i pixels, to the train button within five presses, and along the samples',
  (width) =>
    withLab(
      browser,
      async (lab) => {
        await lab.reaches('done');
        const { keyboard } = lab.page;
        await keyboard.press('Tab');
        await expect.poll(() => focused(lab)).toBe('button skip');
        await keyboard.press('Enter');
        await expect.poll(() => focused(lab)).toBe('button primary');
        await lab.begins(() => keyboard.press('Enter'));
        await lab.reaches('done');
        // The strip of samples is one stop.
        const strip = lab.page.locator('lab-samples').filter({ visible: true });
        await strip.getByRole('button', { name: 'Curve' }).focus();
        await keyboard.press('Tab');
        expect(await strip.evaluate(({ shadowRoot }) => shadowRoot?.activeElement)).toBeNull();
        await keyboard.press('Shift+Tab');
        await expect.poll(() => focused(lab)).toBe('button Curve');
        await keyboard.press('ArrowDown');
        await expect.poll(() => focused(lab)).toBe('button Circles');
        await keyboard.press('End');
        await expect.poll(() => focused(lab)).toBe('button all');
        await keyboard.press('Home');
        await keyboard.press('ArrowRight');
        await expect.poll(() => focused(lab)).toBe('button OR');
        await lab.begins(() => keyboard.press('Enter'));
        await strip.locator('[data-sample=or][aria-current=true]').waitFor();
      },
      { viewport: { width, height: 900 } },
    ),
);
