/** `npm run bench`: installs what the peers need, builds the page, opens it in Chromium and measures. See README.md. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { cpus, release, type } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { driverOf, type Opened, openBrowser, type Servers, surely } from './browser.ts';
import { firstSteps } from './fresh.ts';
import { markdownOf } from './markdown.ts';
import { measure } from './measure.ts';
import { alongCurves, type Options, ofCurves, readOptions } from './options.ts';
import { firstLine, within } from './patience.ts';
import { publish } from './publish.ts';
import type { Entrant, Results } from './results.ts';
import { serve } from './serve.ts';
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

async function beginAll(
  opened: Opened,
  entrants: readonly Entrant[],
  { versions }: Results,
  { patience_s }: Options,
): Promise<void> {
  for (const entrant of entrants) {
    try {
      const [file, name] = [entrant.file, entrant.name];
      const begun = opened.of(entrant).evaluate(([path, who]) => bench.init(path, who), [file, name] as const);
      const ready = await within(patience_s, begun);
      entrant.version = ready.version;
      versions[entrant.lib] = ready.version;
    } catch (error) {
      entrant.failed = firstLine(error);
      say(`${entrant.name} cannot begin: ${entrant.failed}`);
    }
  }
}

async function run(options: Options): Promise<Results> {
  installPeers();
  say('building the page');
  await build({ configFile: join(root, 'bench', 'vite.config.ts'), logLevel: 'error' });
  const folder = join(root, 'dist', 'bench', 'page');
  const servers: Servers = { isolated: await serve(folder, true), plain: await serve(folder, false) };
  let opened: Opened | undefined;
  try {
    let browser = await openBrowser(servers, options);
    opened = browser;
    const anywhere = browser.of({ page: 'isolated' });
    const everybody: Entrant[] = await anywhere.evaluate(() => bench.list());
    const having = (words: string[]) => everybody.filter(({ name }) => words.some((word) => name.includes(word)));
    const entrants = options.contestants.length === 0 ? everybody : having(options.contestants);
    if (entrants.length === 0) {
      throw new Error(
        `--contestants: nobody has such a name; there are ${everybody.map(({ name }) => name).join('; ')}.`,
      );
    }
    const onCurves = options.contestants.length === 0 ? having(ofCurves) : entrants;
    const results: Results = {
      date: new Date().toISOString(),
      command: options.command,
      machine: { processor: cpus()[0].model.trim(), cores: cpus().length, system: `${type()} ${release()}` },
      browser: `Chromium ${browser.browser.version()}`,
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
    await firstSteps(browser.browser, servers, folder, entrants, options.workloads[0].problem, options, say);
    await beginAll(browser, entrants, results, options);
    for (const { problem, point } of options.workloads) {
      say(problem.name);
      const all = point ? onCurves.map((entrant) => givenUp(entrant, point.curve, results)) : entrants;
      const done = await surely(
        browser,
        () => openBrowser(servers, options),
        all.filter(({ failed }) => !failed),
        (anew) => {
          const drivers = all.map((entrant) => driverOf(anew, entrant));
          return measure(drivers, problem, point ? alongCurves(options) : options, say);
        },
      );
      const { result } = done;
      browser = done.opened;
      opened = browser;
      results.workloads.push({ ...result, curve: point });
      // What is measured is kept, should what follows break.
      write(options, results);
    }
    if (options.publish) await publish(root, results, browser.browser);
    return results;
  } finally {
    await opened?.browser.close();
    for (const served of Object.values(servers)) served.close();
  }
}

/** Who broke at a smaller size is not waited for at a larger one. */
function givenUp(entrant: Entrant, curve: string, { workloads }: Results): Entrant {
  const before = workloads.find(
    (one) => one.curve?.curve === curve && one.entries.some(({ name, failed }) => name === entrant.name && failed),
  );
  return before && !entrant.failed ? { ...entrant, failed: `given up at ${before.problem.name}` } : entrant;
}

function write({ out }: Options, results: Results): void {
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'bench.json'), `${JSON.stringify(results, null, 1)}\n`);
  writeFileSync(join(out, 'bench.md'), `${markdownOf(results)}\n`);
}

try {
  const options = readOptions(process.argv.slice(2));
  const results = await run(options);
  console.log(markdownOf(results));
  say(`written to ${options.out}: bench.json, bench.md`);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
