/** Where the package runs: each runtime and each bundler's build gives the same numbers to the last bit. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import sirv from 'sirv';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { isolation } from '../../src/machine/isolation.ts';
import { offences } from '../browser/support/axe.ts';
import { launch } from '../browser/support/lab.ts';
import { denoExecutable } from '../parity/support/deno-pool.ts';
import { readPage } from '../support/text/code-blocks.ts';
import { bundlers } from './support/bundlers.ts';
import { run } from './support/run.ts';

const project = inject('project');
const site = join(project, 'site');
let numbers = '';

beforeAll(async () => {
  cpSync(join(import.meta.dirname, 'support', 'site'), site, { recursive: true });
  writeFileSync(join(site, 'package.json'), '{ "type": "module" }');
  writeFileSync(
    join(site, 'node.js'),
    "import { program } from './program.js';\nconsole.log(JSON.stringify(await program()));\n",
  );
  const { code, out, err } = await run(process.execPath, ['node.js'], site);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const { engine, ...answer } = JSON.parse(out);
  expect(engine).toBe('WebAssembly, SIMD, up to 2 threads');
  numbers = answer.numbers;
});

it('Node imports it, and reads, trains, sweeps and predicts', () => {
  const { losses, predicted, best } = JSON.parse(numbers);
  expect(losses).toHaveLength(5);
  expect(losses[4]).toBeLessThan(losses[0]);
  expect(predicted).toHaveLength(60);
  expect(best).toBeGreaterThan(0);
});

// Node 20.19 and 22.12 are the first that can.
it('Node requires it from CommonJS, both entry points', async () => {
  const code = `const lab = require('perceptron-lab');
    const { calibrationFile } = require('perceptron-lab/node');
    lab.requestEngine({ kind: 'cpu' }).then((engine) => console.log(engine.kind, typeof calibrationFile));`;
  writeFileSync(join(site, 'common.cjs'), code);
  const { code: exit, out } = await run(process.execPath, ['common.cjs'], site);
  expect({ exit, out }).toEqual({ exit: 0, out: 'cpu function\n' });
});

it('Deno imports it', async () => {
  const words = ['run', '--allow-all', '--node-modules-dir=manual', 'node.js'];
  const { code, out } = await run(denoExecutable(), words, site);
  expect(code).toBe(0);
  expect(JSON.parse(out).numbers).toBe(numbers);
});

describe('in a browser', () => {
  const pages = join(project, 'pages');
  const files = sirv(project, { dev: true, setHeaders: (response) => void setAll(response) });
  const server = createServer((request, response) => files(request, response));
  let browser: Browser;

  const setAll = (response: { setHeader(name: string, value: string): void }) => {
    for (const [name, value] of Object.entries(isolation)) response.setHeader(name, value);
  };

  beforeAll(async () => {
    browser = await launch();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    await browser?.close();
    server.close();
  });

  interface Answer {
    numbers: string;
    engine: string;
    threads?: number;
  }

  /** What the page at this path answers. */
  async function answersOf(path: string): Promise<Answer[]> {
    const page = await browser.newPage();
    const wrong: string[] = [];
    page.on('pageerror', (error) => wrong.push(error.message));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${path}`);
    const answers = await page.evaluate(() => (globalThis as unknown as { answers: Promise<Answer[]> }).answers);
    await page.close();
    expect(wrong).toEqual([]);
    return answers;
  }

  it.each(Object.entries(bundlers))("%s's build gives the same, in the page and in a worker", async (name, build) => {
    const from = join(project, `${name}-site`);
    cpSync(site, from, { recursive: true });
    writeFileSync(join(from, 'index.html'), html('./main.js'));
    const to = join(pages, name);
    await build(from, to);
    if (name !== 'vite') writeFileSync(join(to, 'index.html'), html('./main.js'));
    expect(await answersOf(`pages/${name}/`)).toEqual([
      { numbers, engine: 'WebAssembly, SIMD, one thread' },
      { numbers, engine: 'WebAssembly, SIMD, up to 2 threads', threads: 1 },
    ]);
  });

  it('an import map is enough', async () => {
    const map = { imports: { 'perceptron-lab': '/node_modules/perceptron-lab/dist/library/index.js' } };
    const script = `import { program } from '/site/program.js'; globalThis.answers = Promise.all([program()]);`;
    const page = `<script type="importmap">${JSON.stringify(map)}</script><script type="module">${script}</script>`;
    mkdirSync(join(pages, 'map'), { recursive: true });
    writeFileSync(join(pages, 'map', 'index.html'), page);
    expect(await answersOf('pages/map/')).toEqual([{ numbers, engine: 'WebAssembly, SIMD, one thread' }]);
  });

  it('the pages of the documentation are enough: an import map, and five lines that train', async () => {
    const blocks = (name: string) => readPage(`docs/${name}.md`).blocks.filter(({ language }) => language === 'html');
    const [[map], [element]] = [blocks('package'), blocks('embedding')];
    mkdirSync(join(pages, 'docs'), { recursive: true });
    cpSync(join(project, 'node_modules/perceptron-lab/data/penguins.csv'), join(pages, 'docs/penguins.csv'));
    writeFileSync(join(pages, 'docs/index.html'), `<!doctype html><title>Test</title>${map.code}${element.code}`);
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/pages/docs/`);
    await page.getByRole('row', { name: /^accuracy 0.9|^accuracy 1/ }).waitFor();
    await page.close();
  });

  it('<perceptron-lab> trains in a page of five lines, and predicts what is typed', async () => {
    const lab = '/node_modules/perceptron-lab';
    mkdirSync(join(pages, 'element'), { recursive: true });
    writeFileSync(
      join(pages, 'element', 'index.html'),
      `<!doctype html><html lang="en"><title>Test</title>
<script type="module" src="${lab}/dist/library/element.js"></script>
<main><h1>Test</h1><perceptron-lab src="${lab}/data/penguins.csv" target="species" settings='{"training":{"epochs":20}}'></perceptron-lab></main></html>`,
    );
    const page = await browser.newPage();
    const wrong: string[] = [];
    page.on('pageerror', (error) => wrong.push(error.message));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/pages/element/`);
    const lasting = page.evaluate(() => {
      const element = document.querySelector('perceptron-lab') as HTMLElement;
      let epochs = 0;
      element.addEventListener('epoch', () => epochs++);
      return new Promise<{ epochs: number; accuracy: number; known: number }>((resolve) => {
        element.addEventListener('result', (event) => {
          const { metrics, model } = (event as CustomEvent).detail;
          resolve({ epochs, accuracy: metrics.test.accuracy, known: model.preprocessing.targets[0].classes.length });
        });
      });
    });
    await page.getByRole('button', { name: 'Train' }).click();
    const { epochs, accuracy, known } = await lasting;
    expect(epochs).toBeGreaterThan(0);
    expect(accuracy).toBeGreaterThan(0.9);
    expect(known).toBe(3);
    expect(await page.getByRole('img').getAttribute('aria-label')).toContain('Losses over 20 epochs');
    expect(await offences(page)).toEqual([]);
    await page.getByLabel('flipper_length_mm').fill('230');
    await page.getByRole('button', { name: 'Predict' }).click();
    await page.locator('output', { hasText: /^(Adelie|Chinstrap|Gentoo), \d/ }).waitFor();

    // A column that is not there is said, and told.
    await page.locator('perceptron-lab').evaluate((element) => element.setAttribute('target', 'weight'));
    await page.getByRole('button', { name: 'Train' }).click();
    await page.getByRole('alert').filter({ hasText: 'weight' }).waitFor();
    // So are settings that are no JSON.
    await page.locator('perceptron-lab').evaluate((element) => element.setAttribute('settings', '{ hidden: 3 }'));
    await page.getByRole('alert').filter({ hasText: 'settings: is not JSON' }).waitFor();
    expect(wrong).toEqual([]);
    await page.close();
  });
});

const html = (script: string) => `<!doctype html><title>Test</title><script type="module" src="${script}"></script>`;
