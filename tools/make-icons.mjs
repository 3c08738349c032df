/** Draws the icons of the installed page (public/icons) in Chromium: `node tools/make-icons.mjs`, after the mark has changed. */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { runnerImport } from 'vite';

const folder = fileURLToPath(new URL('../public/icons/', import.meta.url));
const { module } = await runnerImport(fileURLToPath(new URL('../src/machine/browser.ts', import.meta.url)), {
  configFile: false,
});
mkdirSync(folder, { recursive: true });

/** The curve of the favicon, on paper; `room` is the share of the width left free around it. */
function mark(size, room, corner) {
  const scale = (1 - 2 * room) / 16;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 1 1">
    <rect width="1" height="1" rx="${corner}" fill="#0b63a8"/>
    <g transform="translate(${room} ${room}) scale(${scale})">
      <path d="M1 12C5 12 5 3 8 3s3 9 7 9" fill="none" stroke="#fff" stroke-width="1.8" stroke-linecap="round"/>
    </g></svg>`;
}

const { executablePath, env } = await module.findBrowser();
const browser = await chromium.launch({
  executablePath,
  args: module.browserArguments,
  env: { ...process.env, ...env },
});
const page = await browser.newPage();
for (const [name, size, room, corner] of [
  ['icon-192', 192, 0.16, 0.2],
  ['icon-512', 512, 0.16, 0.2],
  // A mask may cut a circle of 80 % of the width.
  ['icon-maskable-512', 512, 0.26, 0],
]) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>body{margin:0;background:transparent}svg{display:block}</style>${mark(size, room, corner)}`,
  );
  await page.screenshot({ path: `${folder}${name}.png`, omitBackground: true });
}
await browser.close();
