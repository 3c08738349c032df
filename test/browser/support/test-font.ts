/**
 * One font for the pictures, so that they look the same on every machine: Noto Sans KR (OFL), in the slices that Google
 * cuts fonts into. The app itself has the system's font and never sees this one.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { built } from '../../../tools/build.mjs';

const require = createRequire(import.meta.url);
const packageName = '@fontsource-variable/noto-sans-kr';

interface Slice {
  base64: string;
  unicodeRange: string;
}

let slices: Promise<Slice[]> | undefined;

/** The slices that hold a character of the built page. */
async function usedSlices(): Promise<Slice[]> {
  const page = await built('lab');
  const texts = readdirSync(page, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(html|js)$/.test(name) && !name.startsWith('docs'))
    .map((name) => readFileSync(join(page, name), 'utf8'));
  const used = [...new Set(texts.join(''))].map((character) => character.codePointAt(0) ?? 0);
  const ranges: Record<string, string> = require(`${packageName}/unicode.json`);
  return Object.entries(ranges)
    .filter(([, range]) => used.some((code) => isIn(range, code)))
    .map(([name, unicodeRange]) => {
      const file = `${packageName}/files/noto-sans-kr-${name.replace(/[[\]]/g, '')}-wght-normal.woff2`;
      return { base64: readFileSync(require.resolve(file)).toString('base64'), unicodeRange };
    });
}

/** Whether a code point is in a range as CSS writes it: `U+2070-2071,U+2074`. */
function isIn(range: string, code: number): boolean {
  return range.split(',').some((part) => {
    const [first, last = first] = part
      .replace('U+', '')
      .split('-')
      .map((hex) => Number.parseInt(hex, 16));
    return code >= first && code <= last;
  });
}

/** Before the page is opened. A face made of bytes is there at once: a canvas is not drawn with another one first. */
export async function withTestFont(page: Page): Promise<void> {
  slices ??= usedSlices();
  await page.addInitScript(
    (faces) => {
      for (const { base64, unicodeRange } of faces) {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        document.fonts.add(new FontFace('Test Font', bytes, { unicodeRange, weight: '100 900' }));
      }
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(':root { --face: "Test Font", sans-serif; }');
      document.adoptedStyleSheets.push(sheet);
    },
    await slices,
  );
}
