/** Runs the code blocks of documentation, each language in its own way, in the folder that the process is in. */
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';
import { expect, vi } from 'vitest';
import { readCsv } from '../../../src/data/read/csv.ts';
import { parseLesson } from '../../../src/lab/lessons/read.ts';
import { checkColumns } from '../../../src/model/file/sequential.ts';
import { checkData, checkTrial } from '../../../src/spec/check.ts';
import { checkSweep } from '../../../src/sweep/definition/definition.ts';
import { runWords } from '../commands/command.ts';
import { findCompiler } from '../models/c-program.ts';
import { findPython } from '../models/python.ts';
import type { CodeBlock } from './code-blocks.ts';
import { tagsOf } from './pages.ts';
import { shellLines } from './shell-lines.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** What is said of a block that this machine cannot run. */
export type Lacking = string | undefined;

/** By language. `text` is read by people alone. */
export const runners: Record<string, (block: CodeBlock) => Promise<Lacking>> = {
  js: runProgram,
  ts: runProgram,
  sh: runCommands,
  json: checkJson,
  csv: checkCsv,
  html: checkHtml,
  python: runPythonBlock,
  c: runC,
  bash: readScript,
  yaml: readYaml,
  text: async () => undefined,
};

const entries = { '': 'src/index.ts', '/node': 'src/machine/node.ts', '/element': 'src/embed/element.ts' };

/** A search by the clock is cut short: what it finds is no part of what a page says. */
const shortMinutes = 0.01;

/** The program, against the sources. It prints what its comments say, where `...` stands for anything. */
async function runProgram({ code, line }: CodeBlock): Promise<Lacking> {
  const file = join(process.cwd(), `line-${line}.ts`);
  const own = code
    .replaceAll(/'perceptron-lab(\/\w+)?'/g, (_, entry: keyof typeof entries = '') => `'${join(root, entries[entry])}'`)
    .replaceAll(/\bminutes: [\d.]+/g, `minutes: ${shortMinutes}`);
  writeFileSync(file, `// @ts-nocheck\n${own}`);
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  try {
    await import(pathToFileURL(file).href);
    expectSaid(
      code,
      log.mock.calls.map((words) => format(...words)),
    );
    return undefined;
  } finally {
    log.mockRestore();
  }
}

/** What comments behind `console.log(...)` and `print(...)` say is printed, in this order. */
function expectSaid(code: string, lines: readonly string[]): void {
  const printed = lines.map(oneLine);
  const comments = code.matchAll(/^ *(?:console\.log|print)\(.*\);? +(?:\/\/|#) (.*)$/gm);
  const said = [...comments].map(([, text]) => oneLine(text));
  expect(said.map((text) => takeUntil(printed, text))).toEqual(said);
}

/** The next of the lines that is this; where none is, the first of them, to be read beside it. */
function takeUntil(printed: string[], text: string): string | undefined {
  const literal = text.split('...').map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const pattern = new RegExp(`^${literal.join('.*')}$`);
  const at = printed.findIndex((line) => pattern.test(line));
  if (at < 0) return printed[0];
  printed.splice(0, at + 1);
  return text;
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

/** How a page starts the command: from the package, or from this repository. */
const starts = ['perceptron-lab ', 'npx perceptron-lab ', 'npm run --silent lab -- '];

/** Installs, or is run by other tests. */
const notRun = [
  /^npm (ci|install|start|test)\b/,
  /^npx perceptron-lab --(version|help)$/,
  /^npm run (settings-types|types|lint)\b/,
  /^npx vitest\b/,
  /^npm run (bench|bench:native|bench:accuracy|faults|test:quick)\b/,
];

/** Only their words are read: these serve or work until they are ended, look at the machine, or take long in every form. */
const onlyRead = ['serve', 'doctor', 'report', 'worker'];

/** Training and sweeps are cut short. */
const fewEpochs = 2;

/** Long work is cut short: a search after about a second, training after few epochs. */
const shorter: Record<string, (words: string[]) => string[]> = {
  fit: (words) => (words.includes('--repeat') ? words : withOption(words, 'minutes', shortMinutes)),
  train: (words) => withOption(words, 'epochs', fewEpochs),
};

function withOption(words: string[], name: string, value: number): string[] {
  const at = words.indexOf(`--${name}`);
  return at < 0 ? [...words, `--${name}`, String(value)] : words.with(at + 1, String(value));
}

/** Each command line ends well. */
async function runCommands({ code }: CodeBlock): Promise<Lacking> {
  for (const { words, to } of shellLines(code)) {
    const start = starts.find((known) => `${words.join(' ')} `.startsWith(known));
    if (notRun.some((pattern) => pattern.test(words.join(' ')))) continue;
    if (!start) throw new Error(`${words.join(' ')}: is no command that a test knows`);
    const [name, ...rest] = words.slice(start.trim().split(' ').length);
    const {
      code: exit,
      out,
      err,
    } = await runWords([name, ...(shorter[name]?.(rest) ?? rest)], !onlyRead.includes(name));
    expect(exit, `${name} ${rest.join(' ')}: ${err}`).toBe(0);
    if (to !== undefined) writeFileSync(to, out);
  }
  return undefined;
}

/** A lesson, the columns of a network, a sweep, or settings. */
async function checkJson({ code }: CodeBlock): Promise<Lacking> {
  const value = JSON.parse(code);
  if ('format' in value) parseLesson(code, 'the lesson');
  else if ('columns' in value) checkColumns(value);
  else if (isSweep(value)) checkSweep(value);
  else {
    const { data, ...trial } = value;
    checkTrial(trial);
    checkData({ target: 'y', ...data });
  }
  return undefined;
}

/** A table without anything to say of how it was read. */
async function checkCsv({ code }: CodeBlock): Promise<Lacking> {
  const { rows, notices } = await readCsv(code);
  expect(rows).toBeGreaterThan(0);
  expect(notices).toEqual([]);
  return undefined;
}

/** Read strictly. test/package/runs.test.ts opens those of package.md and embedding.md in a browser. */
async function checkHtml({ code }: CodeBlock): Promise<Lacking> {
  expect(tagsOf(code.replaceAll(/(<script[^>]*>)[^<]*/g, '$1'))).not.toEqual([]);
  return undefined;
}

async function runPythonBlock({ code }: CodeBlock): Promise<Lacking> {
  const needed = /from (model|train) import/.test(code) ? 'torch' : 'onnxruntime';
  const python = findPython(needed);
  if (!python) return `no Python with ${needed}`;
  const { status, stdout, stderr } = spawnSync(python, ['-B', '-c', code], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).not.toBe('');
  expectSaid(code, stdout.split('\n'));
  return undefined;
}

/** Of a scheduler, which gives it variables: that its commands can be read, whatever those are. */
async function readScript({ code }: CodeBlock): Promise<Lacking> {
  const lines = [...code.replaceAll(/\\\n\s*/g, '').matchAll(/\bperceptron-lab .*/g)];
  expect(lines).not.toEqual([]);
  for (const [line] of lines) {
    const [{ words }] = shellLines(line.replaceAll(/\$\{\{.*?\}\}|\$\(\(.*?\)\)|\$\w+/g, '1'));
    const { code: exit, err } = await runWords(words.slice(1), false);
    expect(exit, `${line}: ${err}`).toBe(0);
  }
  return undefined;
}

/** The same, in blocks of keys and items that are indented as YAML wants it. */
async function readYaml(block: CodeBlock): Promise<Lacking> {
  let depth = 0;
  for (const line of block.code.trimEnd().split('\n')) {
    const [, indent, item = '', key] = /^((?: {2})*)(- )?([\w-]+:)?(?: ?\S.*)?$/.exec(line) ?? [];
    expect(indent?.length, line).toBeLessThanOrEqual(depth);
    expect(item !== '' || key !== undefined, line).toBe(true);
    depth = indent.length + item.length + 2;
  }
  return readScript(block);
}

async function runC({ code }: CodeBlock): Promise<Lacking> {
  const compiler = findCompiler();
  if (!compiler) return 'no C compiler';
  writeFileSync('program.c', code);
  execFileSync(compiler, ['-std=c99', '-Wall', '-Wextra', '-Werror', 'program.c', '-o', 'program', '-lm']);
  expect(execFileSync('./program', { encoding: 'utf8' })).not.toBe('');
  return undefined;
}

/** A block that is a file, for the blocks after it; a sweep has few epochs. */
export function writeBlock({ file, language, code }: CodeBlock): void {
  if (file !== undefined) writeFileSync(file, language === 'json' ? shortened(JSON.parse(code)) : code);
}

function shortened(value: Record<string, unknown>): string {
  const base = { ...Object(value.base), 'training.epochs': fewEpochs };
  return JSON.stringify(isSweep(value) ? { ...value, base } : value);
}

const isSweep = (value: object) => 'grid' in value || 'random' in value;
