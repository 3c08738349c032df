/** The browser with its two pages, and what becomes of them when something in there breaks. */
import { type Browser, chromium, type Page } from 'playwright';
import { browserArguments, findBrowser } from '../src/machine/browser.ts';
import type { Driver } from './measure.ts';
import type { Options } from './options.ts';
import { firstLine, within } from './patience.ts';
import type { Entrant } from './results.ts';
import type { Served } from './serve.ts';

export type Servers = Record<Entrant['page'], Served>;

export interface Opened {
  browser: Browser;
  of(entrant: Pick<Entrant, 'page'>): Page;
  /** Begins it anew, after it hung or broke; where it cannot, that is its end. */
  renew(entrant: Entrant): Promise<void>;
}

export async function openBrowser(servers: Servers, { hardware, patience_s }: Options): Promise<Opened> {
  const found = await findBrowser();
  const args = hardware ? browserArguments.filter((one) => !/swiftshader|dawn-features/.test(one)) : browserArguments;
  const env = { ...process.env, ...found.env } as Record<string, string>;
  const browser = await chromium.launch({ executablePath: found.executablePath, args, env });
  const open = async ({ url }: Served) => {
    const page = await browser.newPage();
    await page.goto(url);
    await page.waitForFunction(() => 'bench' in globalThis);
    return page;
  };
  const pages = { isolated: await open(servers.isolated), plain: await open(servers.plain) };
  return {
    browser,
    of: ({ page }) => pages[page],
    async renew(entrant) {
      const { page, file, name } = entrant;
      const anew = async () => {
        const ended = pages[page].evaluate((who) => bench.end(who), name);
        // A page that broke, for want of memory, is opened anew; who else was in it has lost what it was at.
        await within(patience_s, ended).catch(async () => {
          await pages[page].close().catch(() => {});
          pages[page] = await open(servers[page]);
        });
        await pages.isolated.evaluate(() => bench.settle());
        await pages[page].evaluate(([path, who]) => bench.init(path, who), [file, name] as const);
      };
      try {
        // What it left on the GPU may take much longer than one waits for a contestant.
        await within(10 * patience_s, anew());
      } catch (error) {
        entrant.failed = firstLine(error);
      }
    },
  };
}

/** Whose page is taken when something is asked of it: it may have been opened anew. */
export function driverOf(opened: Opened, entrant: Entrant): Driver {
  const { name, lib, failed, file } = entrant;
  const page = () => opened.of(entrant);
  return {
    name,
    lib,
    failed,
    open: (problem) =>
      page().evaluate(([path, who, what]) => bench.open(path, who, what), [file, name, problem] as const),
    error: (problem) => page().evaluate(([who, what]) => bench.error(who, what), [name, problem] as const),
    steps: (count) => page().evaluate(([who, n]) => bench.steps(who, n), [name, count] as const),
    counted: (count) => page().evaluate(([who, n]) => bench.counted(who, n), [name, count] as const),
    close: () => page().evaluate((who) => bench.close(who), name),
    renew: () => opened.renew(entrant),
  };
}

/**
 * Does it once more, in a new browser, where the browser went away meanwhile: what failed then says nothing of who failed.
 * @throws Error where that goes away, too
 */
export async function surely<Result>(
  opened: Opened,
  reopen: () => Promise<Opened>,
  entrants: readonly Entrant[],
  work: (opened: Opened) => Promise<Result>,
): Promise<{ opened: Opened; result: Result }> {
  try {
    const result = await work(opened);
    if (opened.browser.isConnected()) return { opened, result };
  } catch (error) {
    if (opened.browser.isConnected()) throw error;
  }
  for (const entrant of entrants) delete entrant.failed;
  const anew = await reopen();
  const again = await work(anew);
  if (!anew.browser.isConnected()) throw new Error('The browser went away twice.');
  return { opened: anew, result: again };
}
