/** The report of a run in a real browser: it asks for nothing, fits a telephone and paper, and bears axe's rules in light and dark. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { built } from '../../../tools/build.mjs';
import { offences } from '../support/axe.ts';
import { launch } from '../support/lab.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'report-test-'));
let browser: Browser;

beforeAll(async () => {
  browser = await launch();
  const words = 'train data/penguins.csv --target species --hidden 8 --epochs 5 --engine reference --quiet --out';
  const main = join(await built('cli'), 'main.js');
  await promisify(execFile)(process.execPath, [main, ...words.split(' '), folder], { cwd: root });
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('report.html', () => {
  it.each([
    ['light', 1440],
    ['dark', 1440],
    ['light', 400],
    ['dark', 400],
  ] as const)('is readable by all in %s at %i pixels', async (colorScheme, width) => {
    // Its own policy would refuse axe.
    const context = await browser.newContext({ bypassCSP: true, colorScheme, viewport: { width, height: 900 } });
    const page = await context.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const url = pathToFileURL(join(folder, 'report.html')).href;
    await page.goto(url);
    await page.evaluate(() => {
      for (const drawer of document.querySelectorAll('details')) drawer.open = true;
    });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(await offences(page)).toEqual([]);
    expect(asked).toEqual([url]);
    await context.close();
  });

  it('is white paper in print, even in the dark', async () => {
    const context = await browser.newContext({ colorScheme: 'dark' });
    const page = await context.newPage();
    const refused: string[] = [];
    page.on('console', (message) => refused.push(message.text()));
    await page.goto(pathToFileURL(join(folder, 'report.html')).href);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const colours = await page.evaluate(() => {
      const { backgroundColor, color } = getComputedStyle(document.documentElement);
      return { backgroundColor, color };
    });
    expect(colours).toEqual({ backgroundColor: 'rgb(255, 255, 255)', color: 'rgb(31, 30, 27)' });
    const paper = await page.pdf({ preferCSSPageSize: true });
    expect(paper.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    expect(refused).toEqual([]);
    await context.close();
  });
});
