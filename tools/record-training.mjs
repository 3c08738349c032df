/**
 * Records the lab as it learns the spirals, for the README and the docs: `node tools/record-training.mjs`. Writes
 * `docs/pictures/training-light.webp` and `training-dark.webp`, and the last frame of each as a still for people who want no motion.
 * Each frame is a page that stands still between two epochs, so that the pictures do not depend on how fast the machine is.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import sharp from 'sharp';
import { preview, runnerImport } from 'vite';
import { built } from './build.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const pictures = join(root, 'docs', 'pictures');
/** Of the page its middle is recorded: what is trained, and its losses. */
const viewport = { width: 1440, height: 720 };
const clip = { x: 320, y: 0, width: 800, height: 720 };
const sharpness = 1.5;
const frames = 42;
const epochs = 120;
const frameMilliseconds = 100;
const lastMilliseconds = 2200;
const loops = 3;
const quality = 60;

/** More of the beginning, where most happens. */
const epochOf = (/** @type {number} */ frame) => 1 + Math.round((epochs - 1) * (frame / (frames - 1)) ** 2);

const load = async (/** @type {string} */ file) => (await runnerImport(join(root, file), { configFile: false })).module;
const { findBrowser } = await load('src/machine/browser.ts');
const { withTestFont } = await load('test/browser/support/test-font.ts');
const { webpOf } = await load('tools/webp.ts');
const { executablePath, env } = await findBrowser();
const server = await preview({
  root,
  logLevel: 'error',
  build: { outDir: await built('lab') },
  preview: { host: '127.0.0.1', port: 0, open: false },
});
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none', '--disable-lcd-text'],
  env: { ...process.env, ...env },
});
try {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    const shots = await record(colorScheme);
    const { moving, still } = await written(shots);
    writeFileSync(join(pictures, `training-${colorScheme}.webp`), moving);
    writeFileSync(join(pictures, `training-still-${colorScheme}.webp`), still);
    console.log(`${colorScheme}: ${shots.length} frames, ${moving.length} bytes; still ${still.length} bytes`);
  }
} finally {
  await browser.close();
  await server.close();
}

/** @param {'light' | 'dark'} colorScheme */
async function record(colorScheme) {
  const context = await browser.newContext({ viewport, deviceScaleFactor: sharpness, colorScheme });
  const page = await context.newPage();
  await withTestFont(page);
  await page.goto(server.resolvedUrls?.local[0] ?? '');
  const reaches = (/** @type {string} */ state) => page.locator(`.page[data-state=${state}]`).waitFor();
  await reaches('done');
  await page.locator('[data-sample="spirals"]').first().click();
  await page.locator('lab-data p.name', { hasText: 'spirals' }).waitFor();
  await reaches('done');
  await page.getByRole('button', { name: 'Reset' }).click();
  await reaches('ready');
  const shots = [];
  for (let frame = 0, epoch = 0; frame < frames; frame++) {
    for (; epoch < epochOf(frame); epoch++) {
      await page.getByRole('button', { name: 'Step' }).click();
      await page.locator('lab-toolbar dd', { hasText: new RegExp(`^\\s*${epoch + 1}\\s*/`) }).waitFor();
      await reaches('paused');
    }
    shots.push(await settled(page));
  }
  await context.close();
  return shots;
}

/** The page once what is drawn a little later is there. @param {import('playwright').Page} page */
async function settled(page) {
  for (let before = await page.screenshot({ clip }); ; ) {
    const now = await page.screenshot({ clip });
    if (now.equals(before)) return now;
    before = now;
  }
}

/** @param {Buffer[]} shots */
async function written(shots) {
  const delay = shots.map((_, index) => (index < shots.length - 1 ? frameMilliseconds : lastMilliseconds));
  const moving = await sharp(shots, { join: { animated: true } })
    .webp({ quality, loop: loops, delay, effort: 6, mixed: true })
    .toBuffer();
  return { moving, still: await webpOf(shots[shots.length - 1]) };
}
