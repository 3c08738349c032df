/** `npm run bench`: installs what the peers need, builds the page, opens it in Chromium and measures. See README.md. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { cpus, release, type } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright';
import { build } from 'vite';
import { browserArguments, findBrowser } from '../src/machine/browser.ts';
import { firstSteps } from './fresh.ts';
import { measure, type Pages } from './measure.ts';
import { type Options, ofCurves, readOptions } from './options.ts';
import { firstLine, within } from './patience.ts';
import { publish } from './publish.ts';
import { htmlOf } from './report/html.ts';
import { markdownOf } from './report/markdown.ts';
import type { Entrant, Results } from './results.ts';
import { type Served, serve } from './serve.ts';
import { librarySize } from './size.ts';

// The command is built into dist/bench.
const root = join(import.meta.dirname, '..', '..');
const say = (line: string) => console.error(line);

/** Peers are nobody's dependencies but these benchmarks'. */
function installPeers(): void {
  const folder = join(root, 'bench', 'peers');
  const installed = join(folder, 'node_modules', '.package-lock.json');
  const lock = join(folder, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs > statSync(lock).mtimeMs) return;
  say('installing the peers (bench/peers)');
  // On Windows npm is a script, which only a shell starts.
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
}

async function openBrowser({ hardware }: Options): Promise<Browser> {
  const found = await findBrowser();
  const args = hardware ? browserArguments.filter((one) => !one.includes('swiftshader')) : browserArguments;
  const env = { ...process.env, ...found.env } as Record<string, string>;
  return chromium.launch({ executablePath: found.executablePath, args, env });
}

async function openPages(
  browser: Browser,
  servers: Record<Entrant['page'], Served>,
  { patience_s }: Options,
): Promise<Pages> {
  const open = async (served: Served) => {
    const page = await browser.newPage();
    await page.goto(served.url);
    await page.waitForFunction(() => 'bench' in globalThis);
    return page;
  };
  const pages = { isolated: await open(servers.isolated), plain: await open(servers.plain) };
  return {
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

async function run(options: Options): Promise<Results> {
  installPeers();
  say('building the page');
  await build({ configFile: join(root, 'bench', 'vite.config.ts'), logLevel: 'error' });
  const folder = join(root, 'dist', 'bench', 'page');
  const servers = { isolated: await serve(folder, true), plain: await serve(folder, false) };
  const browser = await openBrowser(options);
  try {
    const pages = await openPages(browser, servers, options);
    const anywhere = pages.of({ page: 'isolated' } as Entrant);
    const all: Entrant[] = await anywhere.evaluate(() => bench.list());
    const having = (words: string[]) => all.filter(({ name }) => words.some((word) => name.includes(word)));
    const entrants = options.contestants.length === 0 ? all : having(options.contestants);
    const onCurves = options.contestants.length === 0 ? having(ofCurves) : entrants;
    const results: Results = {
      date: new Date().toISOString(),
      command: options.command,
      machine: { processor: cpus()[0].model.trim(), cores: cpus().length, system: `${type()} ${release()}` },
      browser: `Chromium ${browser.version()}`,
      adapter: await anywhere.evaluate(() => bench.adapter()),
      versions: {},
      library: await librarySize(root),
      contestants: entrants,
      workloads: [],
    };
    await anywhere.evaluate(() => bench.end('list'));
    say(
      'name' in results.adapter
        ? `${results.adapter.name}${results.adapter.software ? ', a software adapter' : ''}`
        : results.adapter.missing,
    );
    await firstSteps(browser, servers, folder, entrants, options.workloads[0].problem, options, say);
    for (const entrant of entrants) {
      try {
        const [file, name] = [entrant.file, entrant.name];
        const begun = pages.of(entrant).evaluate(([path, who]) => bench.init(path, who), [file, name] as const);
        const ready = await within(options.patience_s, begun);
        entrant.version = ready.version;
        results.versions[entrant.lib] = ready.version;
      } catch (error) {
        entrant.failed = firstLine(error);
        say(`${entrant.name} cannot begin: ${entrant.failed}`);
      }
    }
    for (const { problem, point } of options.workloads) {
      say(problem.name);
      const able = (point ? onCurves : entrants).filter(({ failed }) => !failed);
      results.workloads.push({ ...(await measure(pages, able, problem, options, say)), curve: point });
      // What is measured is kept, should what follows break.
      write(options, results);
    }
    if (options.publish) await publish(root, results, browser);
    return results;
  } finally {
    await browser.close();
    for (const served of Object.values(servers)) served.close();
  }
}

function write({ out }: Options, results: Results): void {
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'bench.json'), `${JSON.stringify(results, null, 1)}\n`);
  writeFileSync(join(out, 'bench.md'), markdownOf(results));
  writeFileSync(join(out, 'bench.html'), htmlOf(results));
}

try {
  const options = readOptions(process.argv.slice(2));
  const results = await run(options);
  console.log(markdownOf(results));
  say(`written to ${options.out}: bench.json, bench.md, bench.html`);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
