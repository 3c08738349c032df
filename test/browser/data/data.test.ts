/** The data panel: pasted tables, files, and looking at what is in them. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { workbook } from '../../support/data/workbook.ts';
import { type Lab, launch, withLab } from '../support/lab.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const houses = [
  'area,rooms,price',
  ...Array.from({ length: 60 }, (_, i) => `${i % 7},${i % 11},${2 * (i % 7) - (i % 11)}`),
];

function sheetRow(row: string, index: number): string {
  const cell = (text: string) =>
    index === 0 ? `<c t="inlineStr"><is><t>${text}</t></is></c>` : `<c><v>${text}</v></c>`;
  return `<row>${row.split(',').map(cell).join('')}</row>`;
}

/** Resolves when this table is open, and its run has begun. */
async function opens(lab: Lab, name: string): Promise<void> {
  await lab.page.locator('lab-data p.name', { hasText: name }).waitFor();
  await lab.page.locator('lab-gallery').waitFor({ state: 'detached' });
}

describe('a table', () => {
  test('pasted anywhere is trained, but not into a field', () =>
    withLab(browser, async (lab) => {
      await lab.trains(1);
      const paste = (selector: string, text: string) =>
        lab.page
          .locator(selector)
          .first()
          .evaluate((element, given) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData('text/plain', given);
            element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, composed: true }));
          }, text);
      const tabbed = houses.join('\n').replaceAll(',', '\t');
      await paste('lab-field input[type=text]', `${tabbed}\n1\t2\t3`);
      await paste('lab-fit', 'Dear all,\nnothing to train on');
      await expect.poll(() => lab.page.locator('lab-data p.name').textContent()).toBe('curve.csv');
      await lab.begins(() => paste('lab-fit', tabbed));
      await opens(lab, 'pasted text');
      await lab.page.locator('lab-data .facts', { hasText: '60 rows, 3 columns' }).waitFor();
      await expect.poll(() => lab.field('data.target').getByRole('combobox').inputValue()).toBe('price');
      await lab.reaches('done');
      // What was pasted into the field had its time to be opened, and was not.
      await lab.page.locator('lab-run').nth(1).waitFor();
      await expect.poll(() => lab.page.locator('lab-run').count()).toBe(2);
    }));

  test('typed or pasted into the dialog is trained', () =>
    withLab(browser, async (lab) => {
      await lab.trains(1);
      await lab.button('Paste').click();
      const area = lab.page.locator('lab-paste textarea');
      await expect.poll(() => lab.button('Train on it').isDisabled()).toBe(true);
      await area.fill(houses.join('\n'));
      // A space or an "s" in a dialog is no command for the run behind it.
      await area.press('s');
      await area.fill(houses.join('\n'));
      await lab.begins(() => lab.button('Train on it').click());
      await opens(lab, 'pasted text');
      await lab.page.getByText('Predicts price, a number, from the other 2 columns.').waitFor();
      await lab.reaches('done');
    }));

  test('that is none is refused in one sentence, and the one before stays', () =>
    withLab(browser, async (lab) => {
      await lab.trains(1);
      const problem = lab.page.locator('lab-data .problem:not([hidden])');
      const files: [name: string, buffer: Buffer, sentence: RegExp][] = [
        ['book.xlsx', Buffer.from(`PK\x03\x04${'\0'.repeat(26)}xl/`, 'latin1'), /^book\.xlsx is an Excel workbook/],
        ['photo.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]), /^photo\.png is an image/],
        ['nothing.csv', Buffer.alloc(0), /^nothing\.csv is empty/],
        ['header.csv', Buffer.from('a,b\n'), /^header\.csv has a header row and nothing below it/],
      ];
      for (const [name, buffer, sentence] of files) {
        await lab.page.locator('lab-data input[type=file]').setInputFiles({ name, mimeType: '', buffer });
        await problem.filter({ hasText: name }).waitFor();
        await expect.poll(() => problem.textContent()).toMatch(sentence);
        await expect.poll(() => lab.page.locator('lab-data p.name').textContent()).toBe('curve.csv');
      }
      // What reads a workbook comes with it.
      const buffer = Buffer.from(workbook({ rows: houses.map(sheetRow).join('') }));
      await lab.page.locator('lab-data input[type=file]').setInputFiles({ name: 'houses.xlsx', mimeType: '', buffer });
      await opens(lab, 'houses.xlsx');
      await problem.waitFor({ state: 'detached' });
    }));

  test('that cannot be read as it is can be read in another way', () =>
    withLab(browser, async (lab) => {
      await lab.trains(1);
      const rows = houses.map((row, index) => (index === 3 ? `${row},too,many` : row));
      const buffer = Buffer.from(`junk, and more\n${rows.toSpliced(3, 1, `!${rows[3]}`).join('\n')}`);
      await lab.page.locator('lab-data input[type=file]').setInputFiles({ name: 'odd.csv', mimeType: '', buffer });
      await lab.page.locator('lab-data .problem:not([hidden])').filter({ hasText: 'odd.csv, row 2' }).waitFor();
      await lab.button('Read it in another way').click();
      const settings = lab.page.locator('lab-reading-settings');
      await settings.getByLabel('Rows to skip').fill('1');
      await settings.getByLabel('Comment mark').fill('!');
      await lab.begins(() => settings.getByRole('button', { name: 'Read it again' }).click());
      await opens(lab, 'odd.csv');
      await lab.page.waitForURL(/file=odd\.csv&skip=1&comment=!/);
      await lab.button('Look at the data').click();
      await lab.page.locator('lab-preview').getByRole('button', { name: 'Read it in another way' }).click();
      await expect.poll(() => settings.getByLabel('Rows to skip').inputValue()).toBe('1');
    }));

  test('that is large says how far it is while the run before goes on, and can be called off', () =>
    withLab(browser, async (lab) => {
      await lab.trainsLong();
      // The text is made in the page: a file of this size would take its time on the way.
      await lab.page.evaluate(() => {
        const line = '1.25,3.5,0.75,12.125,99.5,7.25,8.5,0.125,1.5\n';
        const parts = ['a,b,c,d,e,f,g,h,y\n', ...Array.from({ length: 400 }, () => line.repeat(4000))];
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(parts, 'large.csv'));
        document.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
      });
      const reading = lab.page.locator('lab-reading');
      await reading.getByText(/^Read [\d.]+\s[kM]?B of 72\sMB, [\d\s]+ rows$/).waitFor();
      const epoch = await lab.epoch();
      await lab.trains(epoch + 1);
      await lab.button('Cancel').click();
      await reading.waitFor({ state: 'detached' });
      await expect.poll(() => lab.page.locator('lab-data p.name').textContent()).toBe('curve.csv');
      await expect.poll(() => lab.page.locator('lab-data .problem:not([hidden])').count()).toBe(0);
    }));
});

describe('looking at the data', () => {
  const gaps = [
    'id,size,side,kind',
    ...Array.from(
      { length: 90 },
      (_, i) =>
        `${i + 1},${i % 9 === 0 ? '' : (i % 3) + (i % 7) / 10},${['left', 'right'][i % 2]},${['a', 'b', 'c'][i % 3]}`,
    ),
  ];

  test('shows types, gaps and warnings, and what is changed there is trained by one button', () =>
    withLab(browser, async (lab) => {
      await lab.trains(1);
      await lab.trainCsv('gaps.csv', gaps.join('\n'));
      await opens(lab, 'gaps.csv');
      await lab.page.locator('lab-data').getByText('Column "id" is left out as an identifier.').waitFor();
      await lab.button('Look at the data').click();
      const table = lab.page.getByRole('region', { name: 'Columns and first rows of gaps.csv' });
      await table.getByRole('row').nth(20).waitFor();
      await expect.poll(() => table.getByRole('row').count()).toBe(21);
      const size = table.getByRole('columnheader', { name: /^size/ });
      await size.getByText(/^10 missing: filled with .*, and an input says so$/).waitFor();
      await size.getByRole('img', { name: /^From 0 to 2\.\d, median/ }).waitFor();
      await table.getByRole('columnheader', { name: /^id/ }).getByText('Left out: identifier').waitFor();

      await table.getByLabel('What id is').selectOption('number');
      await table
        .getByRole('columnheader', { name: /^id/ })
        .getByText(/^\s*\d+ inputs/)
        .waitFor();
      await table.getByLabel('What side is').selectOption('ignore');
      await table.getByRole('columnheader', { name: /^side/ }).getByText('Ignored').waitFor();
      const dialog = lab.page.locator('lab-preview');
      await dialog.getByLabel('Validation').fill('20');
      await dialog.getByLabel('Test').fill('10');
      await dialog.locator('lab-field[data-path="data.missing_indicator"]').getByRole('checkbox').uncheck();
      await size.getByText(/^10 missing: filled with [\d.]+$/).waitFor();
      await expect.poll(() => table.getByLabel('What side is').inputValue()).toBe('ignore');
      await lab.begins(() => lab.page.locator('lab-data-dialogs').getByRole('button', { name: 'Restart' }).click());
      await dialog.waitFor({ state: 'detached' });
      await lab.page.getByText('63 to train, 18 to validate, 9 to test').waitFor();
      await lab.page.getByText('Predicts kind, one of 3 classes, from 2 of the other 3 columns.').waitFor();
      await lab.reaches('done');
    }));

  test('says why a choice cannot be, and goes on when it is mended', () =>
    withLab(browser, async (lab) => {
      await lab.trains(1);
      await lab.trainCsv('gaps.csv', gaps.join('\n'));
      await opens(lab, 'gaps.csv');
      await lab.button('Look at the data').click();
      const select = lab.page.getByLabel('What side is');
      await select.selectOption('number');
      const problem = lab.page.locator('lab-preview p.problem').first();
      await problem.filter({ hasText: '"left" is no number' }).waitFor();
      await select.selectOption('');
      await problem.waitFor({ state: 'hidden' });
      await lab.page.keyboard.press('Escape');
      await lab.page.locator('lab-preview').waitFor({ state: 'detached' });
    }));

  test('fits a narrow screen, where only the table scrolls sideways', () =>
    withLab(
      browser,
      async (lab) => {
        await lab.trains(1);
        await lab.button('Settings').click();
        await lab.button('Look at the data').click();
        const dialog = lab.page.locator('lab-dialog[wide] dialog');
        await lab.page.locator('lab-columns').waitFor();
        const box = await dialog.boundingBox();
        expect(box).toMatchObject({ x: 0, y: 0, width: 400, height: 860 });
        const body = await dialog.locator('.body').evaluate((element) => element.scrollWidth - element.clientWidth);
        expect(body).toBe(0);
        await lab.page.keyboard.press('Escape');
        await dialog.waitFor({ state: 'hidden' });
        // Escape closes the dialog alone, not the sheet behind it.
        await expect.poll(() => lab.page.locator('.left.open').count()).toBe(1);
      },
      { viewport: { width: 400, height: 860 } },
    ));
});
