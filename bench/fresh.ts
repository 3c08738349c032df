/** How long a fresh page takes until its first step is done, and what it loads for that. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright';
import { median } from '../src/util/statistics/statistics.ts';
import type { Options } from './options.ts';
import { firstLine, within } from './patience.ts';
import type { Entrant } from './results.ts';
import type { Served } from './serve.ts';
import type { Problem } from './workloads.ts';

/** What a page leaves to the browser's compilers and to its end must not be in the time of the next. */
const rest_ms = 1000;

/** Every time in a profile of its own, which has nothing in any cache; the browser itself is already there. */
export async function firstSteps(
  browser: Browser,
  servers: Record<Entrant['page'], Served>,
  folder: string,
  entrants: readonly Entrant[],
  problem: Problem,
  { fresh: times, patience_s }: Pick<Options, 'fresh' | 'patience_s'>,
  say: (line: string) => void,
): Promise<void> {
  say(`first steps on ${times} fresh pages each`);
  const first = async ({ page: kind, file, name }: Entrant): Promise<number> => {
    const context = await browser.newContext();
    try {
      const page = await context.newPage();
      await page.goto(servers[kind].url);
      await page.waitForFunction(() => 'bench' in globalThis);
      const step = page.evaluate(([path, who, what]) => bench.first(path, who, what), [file, name, problem] as const);
      return await within(patience_s, step);
    } finally {
      await context.close();
      await setTimeout(rest_ms);
    }
  };
  for (const entrant of entrants) {
    try {
      const served = servers[entrant.page];
      served.asked();
      const ms: number[] = [];
      let files: string[] = [];
      for (let i = 0; i < times; i++) {
        ms.push(await first(entrant));
        files = served.asked();
      }
      const loaded = [...new Set(files)].filter((file) => !ofHarness(file));
      const gzip_bytes = loaded.reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0);
      entrant.first = { ms, gzip_bytes };
      say(`  ${entrant.name}: ${median(ms).toFixed(0)} ms, ${(gzip_bytes / 1000).toFixed(0)} kB`);
    } catch (error) {
      say(`  ${entrant.name}: ${firstLine(error)}`);
    }
  }
}

/** The page, its worker, and the chunks that both share; none of them has anything of a library. */
const ofHarness = (file: string) =>
  /\/(index\.html|page\.js|worker\.js|workloads-|exact-check-|rolldown-runtime-)/.test(file);
