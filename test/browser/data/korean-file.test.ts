/** A spreadsheet as a Korean Excel saves it: the page and the command line make the same model and the same notices of it. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDecoder } from '../../../src/data/read/bytes/decoders.ts';
import { mergeNotices, type Notice } from '../../../src/data/table/notices.ts';
import { settingWords } from '../../../src/lab/shared/setting-text.ts';
import { loadModel } from '../../../src/model/file/load-model.ts';
import { checkData } from '../../../src/spec/check.ts';
import { built } from '../../../tools/build.mjs';
import { launch, withLab } from '../support/lab.ts';

const folder = mkdtempSync(join(tmpdir(), 'korean-file-'));
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Areas in 평, prices in 원 with thousands, dates in four ways, gaps in words, syllables that only CP949 has. */
function sales(): string {
  const dates = [
    (m: number, d: number) => `2023-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`,
    (m: number, d: number) => `2023.${m}.${d}`,
    (m: number, d: number) => `2023년 ${m}월 ${d}일`,
    (m: number, d: number) => `2023/${m}/${d}`,
  ];
  const lines = Array.from({ length: 120 }, (_, row) => {
    const area = 10 + ((row * 7) % 50);
    const town = row % 3;
    const price = 10_000 * Math.round(area * 1500 + town * 8000 + ((row * 37) % 90) * 20);
    const cells = [
      row + 1,
      ['역삼동', '똠방동', '펲동'][town],
      row === 40 ? '-' : `${area}평`,
      row === 12 ? '미정' : `"${price.toLocaleString('en-US')}원"`,
      dates[row % 4](1 + (row % 12), 13 + (row % 15)),
      row % 10 === 0 ? '개별 ' : ['개별', '중앙'][row % 2],
    ];
    return cells.join(',');
  });
  return `${['번호,동네,면적,가격,거래일,난방', ...lines].join('\r\n')}\r\n`;
}

/** Bytes of CP949, by what its decoder makes of them. */
function encoded(text: string): Buffer {
  const bytesOf = new Map<string, number[]>();
  for (let lead = 0x81; lead < 0xff; lead += 1) {
    for (let trail = 0x41; trail < 0xff; trail += 1) {
      try {
        bytesOf.set(createDecoder('cp949').decode(Uint8Array.of(lead, trail)), [lead, trail]);
      } catch {
        // No character has these bytes.
      }
    }
  }
  return Buffer.from([...text].flatMap((letter) => bytesOf.get(letter) ?? [letter.charCodeAt(0)]));
}

it('is the same model with the same notices on the page and on the command line', async () => {
  const bytes = encoded(sales());
  const file = join(folder, 'sales.csv');
  writeFileSync(file, bytes);
  const main = join(await built('cli'), 'main.js');
  const lab = async (...words: string[]) =>
    JSON.parse((await promisify(execFile)(process.execPath, [main, ...words, '--json'], { cwd: folder })).stdout);

  await withLab(browser, async (page) => {
    await page.reaches('done');
    const input = page.page.locator('lab-data input[type=file]');
    await page.begins(() => input.setInputFiles({ name: 'sales.csv', mimeType: 'text/csv', buffer: bytes }));
    await page.reaches('done');
    await page.choose('data.target', '가격');
    await page.fill('trial.training.epochs', '20');
    await page.restart();
    await page.reaches('done');
    const saved = await page.download(/Download model/);
    const shown: Notice[] = await page.page.locator('lab-data lab-notices').evaluate((element) => {
      return [...(element as unknown as { notices: Notice[] }).notices];
    });
    const theirs = loadModel(saved.bytes, saved.name);
    const [network] = theirs.members;
    expect(network.settings.training.epochs).toBe(20);
    const settings = { trial: network.settings, data: checkData({ target: '가격' }), engine: 'auto' as const };
    const words = settingWords(settings).map(([name, value]) => `--${name}=${value}`);

    // The page saves the network that it shows.
    const trained = await lab('train', file, ...words, '--refit=false', '--out', join(folder, 'run'));
    const described = await lab('describe', file, '--target', '가격');
    expect(shown).toEqual(mergeNotices(trained.notices, described.warnings));
    const texts = shown.map(({ text }) => text).join('\n');
    for (const told of ['"원"', '"평"', '"미정" in row 14', 'yyyy년 m월 d일']) expect(texts).toContain(told);

    const ours = loadModel(readFileSync(join(folder, 'run', 'model.safetensors')), 'model.safetensors');
    expect(ours.preprocessing).toEqual(theirs.preprocessing);
    const [own] = ours.members;
    // Chromium's SIMD is relaxed and Node's is not: their last bits may differ.
    const largest = Math.max(...own.parameters.map(Math.abs));
    own.parameters.forEach((value, index) => {
      expect(Math.abs(value - network.parameters[index])).toBeLessThan(1e-4 * largest);
    });
    expect(network.parameters).toHaveLength(own.parameters.length);
    expect(JSON.stringify(ours.preprocessing)).toContain('똠방동');
  });
});
