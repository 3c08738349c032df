/** A command in this process, for tests that take hold of what it calls: what it prints, and how it would end. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { vi } from 'vitest';
import { normalizeArguments } from '../../../src/cli/arguments.ts';
import { failureOf } from '../../../src/cli/failures.ts';
import { takeLanguage } from '../../../src/cli/language.ts';

export interface Ended {
  code: number;
  out: string;
  err: string;
  /** What was thrown. */
  error?: unknown;
}

const commands: Record<string, () => Promise<{ define(command: Command): void }>> = {
  train: () => import('../../../src/cli/commands/train.ts'),
  fit: () => import('../../../src/cli/commands/fit.ts'),
  sweep: () => import('../../../src/cli/commands/sweep.ts'),
  report: () => import('../../../src/cli/commands/report.ts'),
  merge: () => import('../../../src/cli/commands/merge.ts'),
  worker: () => import('../../../src/cli/commands/worker.ts'),
  predict: () => import('../../../src/cli/commands/predict.ts'),
  evaluate: () => import('../../../src/cli/commands/evaluate.ts'),
  export: () => import('../../../src/cli/commands/export.ts'),
  describe: () => import('../../../src/cli/commands/describe.ts'),
  doctor: () => import('../../../src/cli/commands/doctor.ts'),
  serve: () => import('../../../src/cli/commands/serve.ts'),
};

export async function run(line: string): Promise<Ended> {
  return runWords(line.split(' '));
}

/** @param work false to have the words read, and nothing done */
export async function runWords([name, ...typed]: readonly string[], work = true): Promise<Ended> {
  const printed = { out: '', err: '' };
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text, ...rest) => {
    printed.out += String(text);
    return written(rest);
  });
  const err = vi.spyOn(process.stderr, 'write').mockImplementation((text, ...rest) => {
    printed.err += String(text);
    return written(rest);
  });
  const before = process.exitCode;
  const { argv } = process;
  process.exitCode = 0;
  process.argv = [...argv.slice(0, 2), name, ...typed];
  try {
    const words = await takeLanguage(typed);
    const command = new Command(name).exitOverride();
    (await commands[name]()).define(command);
    if (!work) command.action(() => {});
    await command.parseAsync(normalizeArguments(words, command.options), { from: 'user' });
    return { ...printed, code: Number(process.exitCode) };
  } catch (error) {
    const { message, exitCode } = failureOf(error);
    return { ...printed, err: `${printed.err}${message}\n`, code: exitCode, error };
  } finally {
    await takeLanguage(['--lang', 'en']);
    process.exitCode = before;
    process.argv = argv;
    out.mockRestore();
    err.mockRestore();
  }
}

/** As a stream that has written: who asked to be told is told. */
function written(rest: unknown[]): true {
  const done = rest.at(-1);
  if (typeof done === 'function') done();
  return true;
}

let scratch = '';
let home = '';

/** A folder of its own for the tests of a file, with a small table `curve.csv`, and one in it for what is temporary. */
export function enterScratch(): void {
  home = process.cwd();
  scratch = mkdtempSync(join(tmpdir(), 'command-test-'));
  process.chdir(scratch);
  mkdirSync('tmp');
  vi.stubEnv('TMPDIR', join(scratch, 'tmp'));
  const rows = Array.from({ length: 24 }, (_, i) => `${i},${Math.sin(i / 4).toFixed(3)}`);
  writeFileSync('curve.csv', `x,y\n${rows.join('\n')}\n`);
}

export function leaveScratch(): void {
  vi.unstubAllEnvs();
  process.chdir(home);
  rmSync(scratch, { recursive: true, force: true });
}
