/** Plots can be read by pointer and keys, saved, and asked for the rows behind them. */
import { readFileSync } from 'node:fs';
import type { Browser, Download } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Lab, launch, withLab } from '../support/lab.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const tab = (lab: Lab, name: string) => lab.page.getByRole('tab', { name, exact: true });

async function penguins(lab: Lab): Promise<void> {
  await lab.trains(1);
  await lab.trainCsv('penguins.csv', readFileSync('data/penguins.csv', 'utf8'));
  await lab.reaches('done');
}

describe('a plot is read', () => {
  test('by pointer: the nearest row, or the curve above and below it', () =>
    withLab(browser, async (lab) => {
      await lab.reaches('done');
      const canvas = lab.page.locator('lab-fit canvas');
      const tip = lab.page.locator('lab-fit .tip');
      const box = (await canvas.boundingBox())!;
      await lab.page.mouse.move(box.x + 0.5 * box.width, box.y + box.height - 45);
      await expect.poll(() => tip.textContent()).toMatch(/^\s*x [−\d.]+\s*model [−\d.]+\s*$/);
      // Arrow keys go through the rows, the held-out ones first.
      await canvas.focus();
      await canvas.press('ArrowRight');
      await expect.poll(() => tip.textContent()).toMatch(/row \d+, validation\s*x [−\d.]+\s*y [−\d.]+\s*model [−\d.]+/);
      const said = lab.page.locator('lab-fit #spoken');
      await expect.poll(() => said.textContent()).toMatch(/^row \d+, validation, x [−\d.]+, y [−\d.]+, model [−\d.]+$/);
      await canvas.press('Escape');
      await expect.poll(() => lab.page.locator('lab-fit .ring').count()).toBe(0);
    }));

  test('bars of residuals say their range and rows', () =>
    withLab(browser, async (lab) => {
      await lab.reaches('done');
      await tab(lab, 'Residuals').click();
      const canvas = lab.page.locator('lab-residuals canvas');
      await canvas.focus();
      await canvas.press('ArrowRight');
      const tip = lab.page.locator('lab-residuals .tip');
      await expect.poll(() => tip.textContent()).toMatch(/^\s*\d+ rows?\s*residual from [−\d.]+ to [−\d.]+\s*$/);
    }));
});

describe('a plot is saved', () => {
  const save = async (lab: Lab, element: string, kind: RegExp): Promise<Download> => {
    await lab.page.locator(element).getByText('Save', { exact: true }).click();
    const waiting = lab.page.waitForEvent('download');
    await lab.page.locator(element).getByRole('button', { name: kind }).click();
    return waiting;
  };
  const content = async (file: Download) => readFileSync(await file.path());

  test('as PNG, SVG and CSV, whose names say of what they are', () =>
    withLab(browser, async (lab) => {
      await lab.reaches('done');
      const png = await save(lab, 'lab-fit', /png/);
      expect(png.suggestedFilename()).toBe('curve-fit-64-64-tanh.png');
      const bytes = await content(png);
      expect(bytes.subarray(1, 4).toString()).toBe('PNG');
      const box = (await lab.page.locator('lab-fit canvas').boundingBox())!;
      expect(bytes.readUInt32BE(16)).toBe(3 * box.width);

      const svg = (await content(await save(lab, 'lab-fit', /svg/))).toString();
      // The lab's own page takes no markup from others.
      const elsewhere = await lab.page.context().newPage();
      const problems = await elsewhere.evaluate((text) => {
        const page = new DOMParser().parseFromString(text, 'image/svg+xml');
        return [page.querySelectorAll('parsererror').length, page.querySelectorAll('path').length];
      }, svg);
      expect(problems[0]).toBe(0);
      expect(problems[1]).toBeGreaterThan(300);
      expect(svg).toContain('>model</text>');

      const csv = await save(lab, 'lab-losses', /csv/);
      expect(csv.suggestedFilename()).toBe('curve-loss-64-64-tanh.csv');
      const lines = (await content(csv)).toString().trim().split('\n');
      expect(lines[0]).toBe('epoch,seconds,training,validation');
      expect(lines).toHaveLength(201);
      expect(Number(lines[1].split(',')[2])).toBeGreaterThan(0);
    }));

  test('of every view', () =>
    withLab(browser, async (lab) => {
      await penguins(lab);
      for (const [name, element] of [
        ['Confusion', 'lab-fit'],
        ['ROC', 'lab-roc'],
        ['Importance', 'lab-importance'],
        ['Dependence', 'lab-dependence'],
        ['Inside', 'lab-inside'],
      ]) {
        const open = tab(lab, name);
        if ((await open.count()) === 0) continue;
        await open.click();
        await lab.page.locator(element).locator('lab-table').waitFor();
        if (name === 'Importance') await lab.page.locator('lab-importance .row').first().waitFor();
        const file = await save(lab, element, /svg/);
        expect(file.suggestedFilename()).toMatch(/^penguins-[a-z_]+.*\.svg$/);
        expect((await content(file)).toString()).toMatch(/<text /);
      }
    }));
});

test('a part of a plot is looked at: by dragging, by keys, by wheel and by two fingers, and saved as it is seen', () =>
  withLab(
    browser,
    async (lab) => {
      await lab.reaches('done');
      const plot = lab.page.locator('lab-losses .plot');
      const reset = lab.page.locator('lab-losses').getByRole('button', { name: 'Reset zoom' });
      const said = lab.page.locator('lab-losses #spoken');
      const box = (await plot.boundingBox())!;
      // The axis of 200 epochs begins 52 pixels from the left, and ends 88 from the right.
      const at = (epoch: number) => box.x + 52 + (epoch / 200) * (box.width - 140);
      await lab.page.mouse.move(at(50), box.y + 60);
      await lab.page.mouse.down();
      await lab.page.mouse.move(at(150), box.y + 62, { steps: 3 });
      await lab.page.mouse.up();
      await reset.waitFor();
      const [, left, right] = /across from (\S+) to (\S+), up from 0 /.exec((await said.textContent()) ?? '')!;
      expect([Number(left), Number(right)].map((end) => Math.round(end / 2) * 2)).toEqual([50, 150]);
      // Keys read what is seen.
      await plot.focus();
      await plot.press('Home');
      await expect.poll(() => said.textContent()).toMatch(/^epoch (50|51), /);
      await plot.press('+');
      await expect.poll(() => said.textContent()).toMatch(/^Zoomed: across from 66\.\d to 13\d, /);
      const svg = async (notes: number) => {
        await lab.page.locator('lab-losses').getByText('Save', { exact: true }).click();
        await expect.poll(() => lab.page.locator('lab-losses .files p').count()).toBe(notes);
        const waiting = lab.page.waitForEvent('download');
        await lab.page.locator('lab-losses').getByRole('button', { name: /svg/ }).click();
        return readFileSync(await (await waiting).path()).toString();
      };
      const part = await svg(1);
      expect(part).toContain('>100</text>');
      expect(part).not.toContain('>200</text>');
      await reset.click();
      await expect.poll(() => said.textContent()).toBe('The whole plot.');
      expect(await svg(0)).toContain('>200</text>');
      // A wheel scrolls, unless Ctrl says that it zooms.
      await lab.page.mouse.move(at(100), box.y + 60);
      await lab.page.mouse.wheel(0, -40);
      expect(await reset.count()).toBe(0);
      await lab.page.keyboard.down('Control');
      await lab.page.mouse.wheel(0, -40);
      await lab.page.keyboard.up('Control');
      await reset.waitFor();
      await plot.dblclick({ position: { x: 200, y: 60 } });
      await expect.poll(() => reset.count()).toBe(0);
      // Two fingers zoom; one of them leaves the page to scroll.
      const client = await lab.page.context().newCDPSession(lab.page);
      const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...epochs: number[]) =>
        client.send('Input.dispatchTouchEvent', {
          type,
          touchPoints: epochs.map((epoch, id) => ({ x: at(epoch), y: box.y + 60, id })),
        });
      await touch('touchStart', 90);
      await touch('touchMove', 60);
      await touch('touchEnd');
      expect(await reset.count()).toBe(0);
      await touch('touchStart', 90, 110);
      await touch('touchMove', 80, 120);
      await touch('touchEnd');
      await expect.poll(() => said.textContent()).toMatch(/^Zoomed: across from 50\.0 to 150, /);
    },
    { hasTouch: true },
  ));

describe('the rows behind', () => {
  test('a cell of the confusion table are listed below it, as the table has them', () =>
    withLab(browser, async (lab) => {
      await penguins(lab);
      await tab(lab, 'Confusion').click();
      const cells = lab.page.locator('lab-confusion td button');
      await cells.first().waitFor();
      const rows = Number(await cells.first().textContent());
      await cells.first().hover();
      await expect
        .poll(() => lab.page.locator('lab-confusion .tip').textContent())
        .toMatch(new RegExp(`actual .*predicted .*${rows} rows?, \\d+ % of the actual class`));
      await cells.first().click();
      const list = lab.page.locator('lab-rows');
      await expect.poll(() => list.locator('tbody tr').count()).toBe(rows);
      await expect.poll(() => list.locator('h3').textContent()).toMatch(new RegExp(`taken for .*: ${rows} rows?`));
      const head = await list.locator('th').allTextContents();
      expect(head.slice(0, 2)).toEqual(['row', 'species']);
      // Each row has what its line of the file has, whose rows without a target are left out.
      const file = readFileSync('data/penguins.csv', 'utf8').split('\n');
      const cell = (column: number) => list.locator(`td:nth-child(${column})`).allTextContents();
      const [numbers, species, sex] = [await cell(1), await cell(2), await cell(8)];
      const lines = numbers.map((number) => file[Number(number.trim()) - 1].split(','));
      expect(species).toEqual(lines.map((line) => line[0]));
      expect(new Set(sex)).toEqual(new Set(['FEMALE']));
      await list.getByRole('button', { name: 'Close' }).click();
      await expect.poll(() => list.count()).toBe(0);
    }));

  test('a bar of residuals are listed with what is left of each', () =>
    withLab(browser, async (lab) => {
      await lab.reaches('done');
      await tab(lab, 'Residuals').click();
      const canvas = lab.page.locator('lab-residuals canvas');
      await canvas.focus();
      for (let bar = 0; bar < 8; bar++) await canvas.press('ArrowRight');
      const tip = lab.page.locator('lab-residuals .tip');
      const read = async () => /(\d+) rows?\s*residual from (\S+) to (\S+)/.exec((await tip.textContent()) ?? '');
      await expect.poll(read).not.toBeNull();
      const [, rows, low, high] = (await read())!;
      await canvas.press('Enter');
      const list = lab.page.locator('lab-rows');
      await expect.poll(() => list.locator('tbody tr').count()).toBe(Number(rows));
      const number = (text: string) => Number(text.replace('−', '-').trim());
      for (const cell of await list.locator('td:nth-child(3)').allTextContents()) {
        const residual = number(cell);
        expect(residual).toBeGreaterThanOrEqual(number(low) - 1e-3);
        expect(residual).toBeLessThanOrEqual(number(high) + 1e-3);
      }

      // One of them is selected: it is marked there, in the other views, and predicted.
      const chosen = list.locator('tbody tr').nth(1);
      const row = (await chosen.locator('td').first().textContent())!.trim();
      await chosen.getByRole('button').click();
      await lab.page.locator('lab-residuals .selected').waitFor();
      const said = lab.page.locator('lab-views #spoken').filter({ hasText: `Selected: row ${row}.` });
      await said.waitFor({ state: 'attached' });
      await tab(lab, 'Fit').click();
      await lab.page.locator('lab-fit .selected').waitFor();
      await expect
        .poll(() => lab.page.locator('lab-fit canvas').getAttribute('aria-label'))
        .toMatch(new RegExp(`Selected: row ${row}, validation, `));
      const cells = await list.locator('tbody td').allTextContents();
      await list.getByRole('button', { name: `Predict row ${row}` }).click();
      await lab.page.locator('lab-answer #answer').waitFor();
      const input = lab.page.locator('lab-predict-field').getByRole('textbox');
      expect(Number(await input.inputValue())).toBe(number(cells[1]));
      await lab.page.keyboard.press('Escape');
      await expect.poll(() => lab.page.locator('lab-fit .selected').count()).toBe(0);
      await expect.poll(() => list.count()).toBe(0);
    }));
});

test('the column that matters most is the first of the dependence', () =>
  withLab(browser, async (lab) => {
    await penguins(lab);
    await tab(lab, 'Dependence').click();
    const column = lab.page.locator('lab-dependence select');
    await expect
      .poll(() => lab.page.locator('lab-dependence canvas').getAttribute('aria-label'))
      .toMatch(/goes from .* to .*: .* goes from [\d.]+ to/);
    const first = await column.inputValue();
    await tab(lab, 'Importance').click();
    const names = lab.page.locator('lab-importance .name');
    await names.first().waitFor();
    expect((await names.first().textContent())?.trim()).toBe(first);
    await tab(lab, 'Dependence').click();
    expect(await column.locator('option').first().textContent()).toBe(first);
  }));
