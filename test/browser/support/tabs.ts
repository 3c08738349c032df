/** Tabs of one profile, and what their runs have come to. */
import { Lab } from './lab.ts';

/** Opens another tab beside the one of the test. */
export async function anotherTab(lab: Lab, hash = ''): Promise<Lab> {
  const page = await lab.page.context().newPage();
  await page.goto(`${new URL(lab.page.url()).origin}/${hash}`);
  return new Lab(page);
}

/** Losses by epoch, as the page would save them, without the times. */
export async function losses(lab: Lab): Promise<string[]> {
  const { bytes } = await lab.download(/Download history/);
  return bytes
    .toString()
    .trim()
    .split('\n')
    .map((line) => line.split(',').slice(0, 3).join(','));
}
