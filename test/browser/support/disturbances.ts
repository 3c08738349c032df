/** What a browser or a machine does to a page while it trains. */
import type { Browser, CDPSession, Page, Worker } from 'playwright';
import { expect } from 'vitest';
import type { Lab } from './lab.ts';

const day = 24 * 3600 * 1000;

/** A calendar and a clock that can be put on. */
const clocks = `{
  const [date, passed] = [Date.now.bind(Date), performance.now.bind(performance)];
  globalThis.clocks = { calendar: 0, clock: 0 };
  Date.now = () => date() + globalThis.clocks.calendar;
  performance.now = () => passed() + globalThis.clocks.clock;
}`;

/** Before the page is opened; its service worker would hand out the worker as it was built. */
export async function withClocks(page: Page): Promise<void> {
  await page.addInitScript(clocks);
  await page.route('**/worker-*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${clocks}\n${await response.text()}` });
  });
}

/** In the page and its worker; threads of an engine have no clock. */
export async function putOn({ page }: Lab, which: 'calendar' | 'clock', by: number): Promise<void> {
  const put = ([which, by]: readonly [string, number]) => {
    const { clocks } = globalThis as unknown as { clocks?: Record<string, number> };
    if (clocks) clocks[which] += by;
  };
  const sides = [page, ...page.workers()] as (Page & Worker)[];
  await Promise.all(sides.map((side) => side.evaluate(put, [which, by] as const)));
}

interface Here {
  browser: Browser;
  lab: Lab;
  cdp: CDPSession;
  /** How many milliseconds it lasts. */
  long: number;
}

const lasts = ({ long }: Here) => new Promise((resolve) => setTimeout(resolve, long));

export const disturbances: Record<string, (here: Here) => Promise<void>> = {
  async frozen(here) {
    await here.cdp.send('Page.setWebLifecycleState', { state: 'frozen' });
    await lasts(here);
    await here.cdp.send('Page.setWebLifecycleState', { state: 'active' });
  },
  async hidden(here) {
    const other = await here.lab.page.context().newPage();
    await other.bringToFront();
    await lasts(here);
    await other.close();
  },
  async offline(here) {
    await here.lab.page.context().setOffline(true);
    await lasts(here);
    await here.lab.page.context().setOffline(false);
  },
  'a calendar that is put on a day': ({ lab }) => putOn(lab, 'calendar', day),
  'a calendar that is put back a day': ({ lab }) => putOn(lab, 'calendar', -day),
  // Where clocks go on meanwhile.
  'a day asleep': ({ lab }) => putOn(lab, 'clock', day),
  async 'processes that stand still'(here) {
    const session = await here.browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
    expect(renderers.length).toBeGreaterThan(0);
    for (const id of renderers) process.kill(id, 'SIGSTOP');
    await lasts(here);
    for (const id of renderers) process.kill(id, 'SIGCONT');
    await session.detach();
  },
};
