/**
 * The package as somebody has it who installed it, and nothing else: packed, unpacked into an empty folder, its
 * dependencies beside it. Without `webgpu`, which is optional.
 */
import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { built } from '../../tools/build.mjs';
import { curve } from '../support/cli.ts';

interface PackageFile {
  bin: Record<string, string>;
  exports: Record<string, Record<string, string>>;
  dependencies?: Record<string, string>;
  peerDependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

const root = join(import.meta.dirname, '..', '..');
const scratch = mkdtempSync(join(tmpdir(), 'package-test-'));
const installed = join(scratch, 'node_modules', 'perceptron-lab');
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const readJson = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageFile;

/** Runs a program until it ends by itself. */
function run(program: string, words: string[], cwd: string): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    // On Windows npm is no program but a script.
    const shell = process.platform === 'win32' && program === 'npm';
    execFile(program, words, { cwd, shell, env: { ...process.env, NODE_ENV: '' } }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

const lab = (words: string) =>
  run(process.execPath, [join(installed, 'dist', 'cli', 'main.js'), ...words.split(' ')], scratch);

beforeAll(async () => {
  const staged = join(scratch, 'staged');
  for (const name of ['package.json', 'README.md', 'README.ko.md', 'LICENSE', 'data', 'src', 'docs']) {
    cpSync(join(root, name), join(staged, name), { recursive: true });
  }
  for (const name of ['cli', 'lab', 'library'])
    cpSync(await built(name), join(staged, 'dist', name), { recursive: true });
  const types = join(staged, 'dist', 'types');
  expect(await run(process.execPath, [tsc, '-p', 'tsconfig.types.json', '--outDir', types], root)).toMatchObject({
    code: 0,
  });

  const packed = await run('npm', ['pack', '--offline', '--ignore-scripts', '--pack-destination', scratch], staged);
  expect(packed).toMatchObject({ code: 0 });
  mkdirSync(installed, { recursive: true });
  const file = readdirSync(scratch).find((name) => name.endsWith('.tgz')) ?? '';
  expect(await run('tar', ['-xzf', file, '-C', installed, '--strip-components=1'], scratch)).toMatchObject({ code: 0 });
  for (const name of Object.keys(readJson(installed).dependencies ?? {})) {
    mkdirSync(dirname(join(scratch, 'node_modules', name)), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(scratch, 'node_modules', name), 'junction');
  }
  writeFileSync(join(scratch, 'curve.csv'), curve);
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function filesOf(folder: string): { name: string; size: number }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ name: path.slice(folder.length + 1).replaceAll(sep, '/'), size: statSync(path).size }));
}

/** The package and all that it brings, by name. */
function whatIsInstalled(name = 'perceptron-lab', folder = installed, found = new Map<string, number>()) {
  if (found.has(name)) return found;
  found.set(
    name,
    filesOf(folder).reduce((sum, { size }) => sum + size, 0),
  );
  for (const dependency of Object.keys(readJson(folder).dependencies ?? {})) {
    whatIsInstalled(dependency, join(root, 'node_modules', dependency), found);
  }
  return found;
}

describe('the package', () => {
  it('holds what it names, and nothing for its makers alone', () => {
    const { bin, exports } = readJson(installed);
    const named = [...Object.values(bin), ...Object.values(exports).flatMap((entry) => Object.values(entry))];
    for (const path of named) expect(existsSync(join(installed, path)), path).toBe(true);
    const others = filesOf(installed).filter(
      ({ name }) => /\.map$/.test(name) || !/^(dist\/(cli|lab|library|types)|data)\/|^[\w.]+$/.test(name),
    );
    expect(others).toEqual([]);
  });

  it('takes less than 15 MB with all that it brings', () => {
    const sizes = whatIsInstalled();
    expect([...sizes.keys()]).not.toContain('webgpu');
    expect([...sizes.values()].reduce((sum, size) => sum + size, 0)).toBeLessThan(15_000_000);
  });
});

describe("the README's library example", () => {
  const example = (file: string) => /```ts\n(.*?)```/s.exec(readFileSync(join(root, file), 'utf8'))?.[1] ?? '';

  // Its sweep takes long enough for other threads to begin, whose waiting is no reason for a process to stay.
  it('runs as it stands, and its process ends', async () => {
    const rows = Array.from({ length: 10 }, (_, i) => `${i},${Math.sin(i).toFixed(4)}\n`).join('');
    const tables = `const fileOrText = ${JSON.stringify(`x,y\n${rows}`)};\nconst newTable = await readCsv('x\\n1.5\\n');\n`;
    const code = `${tables}${example('README.md')}\nconsole.log(engine.kind, swept.leaderboard.length, average.epochs.length, checkpoint.trials.length);\n`;
    writeFileSync(join(scratch, 'example.mjs'), code);
    const { code: exit, out, err } = await run(process.execPath, ['example.mjs'], scratch);
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(out.trimEnd().split('\n').at(-1)).toBe('cpu 6 10 1');
  });

  it("has types, with which engine and run may be left to 'await using'", async () => {
    const code = `import type { Table } from 'perceptron-lab';
      declare const fileOrText: string;
      declare const newTable: Table;
      ${example('README.md')}
      { await using mine = await requestEngine(); await using short = train(mine, data); await short.steps(1); }
      const wrong: string = swept.leaderboard.length;`;
    writeFileSync(join(scratch, 'example.mts'), code);
    const options = '--noEmit --strict --skipLibCheck --target es2022 --module nodenext --lib es2022,dom';
    const { out } = await run(process.execPath, [tsc, ...options.split(' '), 'example.mts'], scratch);
    expect(out.trim()).toMatch(
      /^example\.mts\(\d+,13\): error TS2322: Type 'number' is not assignable to type 'string'\.$/,
    );
  });

  it('is the same in Korean but for its comments', () => {
    const code = (file: string) => example(file).replace(/ \/\/.*/g, '');
    expect(code('README.ko.md')).toBe(code('README.md'));
  });
});

describe('without webgpu', () => {
  const missing = `the npm package webgpu is missing: npm install webgpu@${readJson(root).devDependencies.webgpu}`;

  it('auto trains on the CPU and nothing is said on standard error', async () => {
    const { code, out, err } = await lab('train curve.csv --target y --epochs 2 --json --out run');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out).engine.kind).toBe('cpu');
  });

  it('WebGPU is refused in one sentence that says how to get it', async () => {
    const { code, out, err } = await lab('train curve.csv --target y --engine webgpu');
    expect({ code, out, err }).toEqual({ code: 2, out: '', err: `--engine webgpu: ${missing}; or choose cpu.\n` });
  });

  it('doctor and the library say the same', async () => {
    const { code, out } = await lab('doctor --json');
    expect(code).toBe(0);
    expect(JSON.parse(out).webgpu).toEqual({ available: false, reason: missing });
    const asked = `import { requestDawn } from 'perceptron-lab/node'; console.log((await requestDawn()).reason.text);`;
    writeFileSync(join(scratch, 'dawn.mjs'), asked);
    expect(await run(process.execPath, ['dawn.mjs'], scratch)).toEqual({ code: 0, out: `${missing}\n`, err: '' });
  });

  it('the version it names is one that the package takes', () => {
    const { peerDependencies, devDependencies } = readJson(root);
    expect(peerDependencies.webgpu).toBe(`^${devDependencies.webgpu}`);
  });
});
