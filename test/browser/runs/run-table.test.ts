/** The table of runs: sorted, filtered, compared, and an old run opened again with all its views. */
import type { Browser, Locator } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { offences } from '../support/axe.ts';
import { type Lab, launch, withLab } from '../support/lab.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** Trains runs on the first table with these sizes of batches, and opens the table. */
async function opened(lab: Lab, batches: string[]): Promise<Locator> {
  await lab.reaches('done');
  await lab.fill('trial.training.epochs', '10');
  for (const batch of batches) {
    await lab.fill('trial.training.batch_size', batch);
    await lab.begins(() =>
      lab
        .button(/^(Restart|Train again)$/)
        .first()
        .click(),
    );
    await lab.reaches('done');
  }
  await expect.poll(() => lab.page.locator('lab-run').count()).toBe(batches.length + 1);
  return openTable(lab);
}

async function openTable(lab: Lab): Promise<Locator> {
  await lab.button('Compare…').click();
  await lab.page.getByRole('dialog', { name: 'Runs' }).waitFor();
  // What is in a slot is beside the dialog, not in it.
  return lab.page.locator('lab-run-table');
}

const names = (dialog: Locator) => dialog.locator('tbody th[scope=row] .name').allTextContents();
const column = async (dialog: Locator, label: string) => {
  const heads = await dialog.locator('thead th').allTextContents();
  const place = heads.findIndex((head) => head.trim().startsWith(label));
  const cells = await dialog.locator(`tbody tr td:nth-of-type(${place + 1})`).allTextContents();
  return cells.map((cell) => Number(cell));
};

test('runs are sorted by any column and filtered by words, by keyboard too', () =>
  withLab(browser, async (lab) => {
    const dialog = await opened(lab, ['64', '32']);
    const head = dialog.getByRole('button', { name: 'Batch size' });
    await head.focus();
    await lab.page.keyboard.press('Enter');
    const rising = await column(dialog, 'Batch size');
    expect(rising).toEqual([...rising].sort((a, b) => a - b));
    await lab.page.keyboard.press('Enter');
    await expect.poll(() => column(dialog, 'Batch size')).toEqual([...rising].reverse());
    const sorted = dialog.locator('thead th[aria-sort=descending]');
    expect(await sorted.textContent()).toContain('Batch size');
    await dialog.getByLabel('Filter').fill('batch 64');
    await expect.poll(() => names(dialog)).toEqual([expect.stringMatching(/^batch 64/)]);
    await dialog.getByText('1 of 3').waitFor();
    await dialog.getByLabel('Filter').fill('nothing has this');
    await dialog.getByText('No run has all of these words.').waitFor();
    await lab.page.keyboard.press('Escape');
    await lab.page.getByRole('dialog').waitFor({ state: 'hidden' });
  }));

test('two runs are beside each other, and accessible in both themes and on a narrow page', () =>
  withLab(browser, async (lab) => {
    const dialog = await opened(lab, ['64']);
    for (const box of await dialog.getByRole('checkbox', { name: /^Select / }).all()) await box.check();
    expect(await offences(lab.page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Compare', exact: true }).click();
    await lab.page.getByRole('dialog', { name: '2 runs beside each other' }).waitFor();
    const compared = dialog;
    await expect.poll(() => compared.locator('lab-residuals').count()).toBe(2);
    await compared.locator('lab-overlay-key li').nth(1).waitFor();
    expect(await compared.getByRole('rowheader', { name: 'Batch size' }).count()).toBe(1);
    for (const colorScheme of ['dark', 'light'] as const) {
      await lab.page.emulateMedia({ colorScheme });
      expect(await offences(lab.page)).toEqual([]);
    }
    await lab.page.setViewportSize({ width: 400, height: 850 });
    expect(await lab.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    expect(await offences(lab.page)).toEqual([]);
    await compared.getByRole('button', { name: 'Back to the table' }).click();
    await lab.page.getByRole('dialog', { name: 'Runs' }).waitFor();
    expect(await offences(lab.page)).toEqual([]);
  }));

test('an old run opens again with its views after a reload, and is what a sweep begins with', () =>
  withLab(browser, async (lab) => {
    await opened(lab, ['64']);
    await lab.page.keyboard.press('Escape');
    const scores = () => lab.page.locator('lab-run[current] .score').textContent();
    const other = await lab.page.locator('lab-run:not([current]) .score').textContent();
    const first = await lab.page.locator('lab-run:not([current])').getAttribute('data-run');
    await lab.page.reload();
    await lab.reaches('done');
    const dialog = await openTable(lab);
    // The name of the open run is no button.
    await lab.begins(() => dialog.locator('button.name').click());
    await lab.page.getByRole('dialog').waitFor({ state: 'hidden' });
    await lab.reaches('done');
    await lab.page.locator(`lab-run[current][data-run="${first}"]`).waitFor();
    await expect.poll(scores).toBe(other);
    await lab.page.getByRole('tab', { name: 'Residuals' }).click();
    await expect.poll(() => lab.page.locator('lab-residuals .facts').textContent()).toContain('sd');

    const again = await openTable(lab);
    await again.getByRole('checkbox', { name: /^Select .*batch 64/ }).check();
    await again.getByRole('button', { name: 'Sweep from it' }).click();
    await lab.page.getByRole('dialog', { name: 'Sweep' }).waitFor();
    await expect.poll(() => lab.field('trial.training.batch_size').locator('input[type=text]').inputValue()).toBe('64');
  }));
