/** The browser's GPU process crashes under a page that trains: the run goes on on a new device, or on the CPU, and the page says so. */
import type { Browser } from 'playwright';
import { expect, test } from 'vitest';
import { browserArguments } from '../../../src/machine/browser.ts';
import { times } from '../../support/faults.ts';
import { type Lab, launch, withLab } from '../support/lab.ts';
import { losses } from '../support/tabs.ts';

/** After the second a browser gives no adapter for a while: the run moves to the CPU, where none can crash. */
const crashesEach = times(1, 2);
const browsers = times(1, 2);

async function crash(browser: Browser): Promise<void> {
  const session = await browser.newBrowserCDPSession();
  await session.send('Browser.crashGpuProcess');
  await session.detach();
}

const engine = ({ page }: Lab) => page.locator('lab-results #engine').textContent();

test(`up to ${browsers * crashesEach} crashes of the GPU process are said, and the run ends`, async () => {
  for (let count = 0; count < browsers; count++) {
    const browser = await launch(browserArguments);
    try {
      await withLab(browser, (lab) => crashed(lab, browser));
    } finally {
      await browser.close();
    }
  }
}, 590_000);

async function crashed(lab: Lab, browser: Browser): Promise<void> {
  await lab.trains(1);
  await lab.page.locator('lab-engine select').selectOption('webgpu');
  await lab.compilesQuickly();
  await lab.fill('trial.training.epochs', String(100 * crashesEach));
  await lab.restart();
  await lab.reaches('done');
  const undisturbed = await losses(lab);
  await lab.restart('Train again');
  const seen: string[] = [];
  for (let time = 0; time < crashesEach && !seen.at(-1)?.includes('on the CPU'); time++) {
    await lab.trains((await lab.epoch()) + 20);
    await crash(browser);
    const said = lab.page.locator('lab-results #recovered', { hasText: 'the GPU process of the browser ended' });
    await said.waitFor();
    // The same words again, where it was lost again: of another epoch.
    await expect.poll(async () => seen.includes((await said.textContent()) ?? '')).toBe(false);
    seen.push((await said.textContent()) ?? '');
  }
  await lab.reaches('done');
  const ended = await losses(lab);
  if ((await engine(lab))?.includes('WebGPU')) expect(ended).toEqual(undisturbed);
  else expect(ended).toHaveLength(undisturbed.length);
  if (process.env.FAULTS) console.info(seen.join('\n'));
}
