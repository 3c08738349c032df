/** Dialogs over the page: what closes them, and what they leave as it was. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Lab, launch, withLab } from '../support/lab.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

describe('on a narrow page, over an open sheet', () => {
  const narrow = { viewport: { width: 400, height: 860 } };

  async function escapes(lab: Lab, dialog: string, sheet: string): Promise<void> {
    const above = lab.page.getByRole('dialog', { name: dialog });
    await above.waitFor();
    await lab.page.keyboard.press('Escape');
    await above.waitFor({ state: 'hidden' });
    await expect.poll(() => lab.page.locator(`.side.${sheet}.open`).count()).toBe(1);
  }

  test('Escape closes the dialog alone', () =>
    withLab(
      browser,
      async (lab) => {
        await lab.trains(1);
        await lab.button('Settings').click();
        await lab.button('Keyboard shortcuts').click();
        await escapes(lab, 'Keyboard shortcuts', 'left');
        await lab.page.getByText('Lessons', { exact: true }).click();
        await lab.button('The founding report…').click();
        await escapes(lab, 'The founding report', 'left');
        await lab.page.locator('lab-data').getByRole('button', { name: 'Samples' }).click();
        // Where the focus was lost, keys are pressed on the page itself.
        await lab.page.locator('lab-gallery button').first().waitFor();
        await lab.page.locator('lab-dialog[open]').evaluate((dialog) => {
          (dialog.shadowRoot?.activeElement as HTMLElement | null)?.blur();
        });
        await escapes(lab, 'Samples', 'left');
        await lab.page.keyboard.press('Escape');
        await lab.page.locator('.side.open').waitFor({ state: 'detached' });
        await lab.button('Results').click();
        await lab.page.locator('lab-sweep-opener button').click();
        await escapes(lab, 'Sweep', 'right');
      },
      narrow,
    ));

  test('Escape ends what is within the sheet before the sheet', () =>
    withLab(
      browser,
      async (lab) => {
        await lab.reaches('done');
        await lab.button('Results').click();
        const run = lab.page.locator('lab-run').first();
        await run.getByRole('button', { name: /^More of/ }).click();
        await run.getByRole('button', { name: 'Rename' }).click();
        await run.getByRole('textbox', { name: /^Name of the run/ }).waitFor();
        await lab.page.keyboard.press('Escape');
        await run.locator('#name').waitFor({ state: 'detached' });
        await expect.poll(() => lab.page.locator('.side.right.open').count()).toBe(1);
      },
      narrow,
    ));

  test('the founding report stays in sight when the sheet below it closes', () =>
    withLab(
      browser,
      async (lab) => {
        await lab.trains(1);
        await lab.button('Settings').click();
        await lab.page.getByText('Lessons', { exact: true }).click();
        await lab.button('The founding report…').click();
        const dialog = lab.page.getByRole('dialog', { name: 'The founding report' });
        await dialog.getByRole('button', { name: 'Train them' }).waitFor();
        // A turned device: the sheets close.
        await lab.page.setViewportSize({ width: 1000, height: 400 });
        await lab.page.setViewportSize(narrow.viewport);
        await lab.page.locator('.side.open').waitFor({ state: 'detached' });
        await expect.poll(() => dialog.getByRole('button', { name: 'Train them' }).isVisible()).toBe(true);
      },
      narrow,
    ));
});

test('Escape in the table of a chart closes the table alone, and the keyboard goes on at its name', () =>
  withLab(browser, async (lab) => {
    await lab.reaches('done');
    await lab.page.locator('lab-losses lab-table').getByText('Table', { exact: true }).click();
    await lab.page.locator('lab-losses lab-table .panel').focus();
    await lab.page.keyboard.press('Escape');
    await lab.page.locator('lab-losses lab-table .panel').waitFor({ state: 'detached' });
    await expect.poll(() => lab.page.locator('lab-losses lab-table summary:focus').count()).toBe(1);
  }));

test('a press beside a dialog closes it, and a selection that ends beside it does not', () =>
  withLab(browser, async (lab) => {
    await lab.trains(1);
    await lab.button('Look at the data').click();
    const dialog = lab.page.locator('lab-dialog[wide] dialog');
    const heading = dialog.getByRole('heading', { name: 'The data' });
    const { x, y } = (await heading.boundingBox()) ?? { x: 0, y: 0 };
    await lab.page.mouse.move(x + 20, y + 10);
    await lab.page.mouse.down();
    await lab.page.mouse.move(4, 4, { steps: 3 });
    await lab.page.mouse.up();
    expect(await dialog.isVisible()).toBe(true);
    await lab.page.mouse.click(4, 4);
    await dialog.waitFor({ state: 'hidden' });
  }));
