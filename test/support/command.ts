/** A command in this process, for tests that take hold of what it calls: what it prints, and how it would end. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { vi } from 'vitest';
import { normalizeArguments } from '../../src/cli/arguments.ts';
import { failureOf } from '../../src/cli/failures.ts';

export interface Ended {
  code: number;
  out: string;
  err: string;
  /** What was thrown. */
  error?: unknown;
}

const commands: Record<string, () => Promise<{ define(command: Command): void }>> = {
  train: () => import('../../src/cli/commands/train.ts'),
  fit: () => import('../../src/cli/commands/fit.ts'),
  sweep: () => import('../../src/cli/commands/sweep.ts'),
  report: () => import('../../src/cli/commands/report.ts'),
  predict: () => import('../../src/cli/commands/predict.ts'),
};

export async function run(line: string): Promise<Ended> {
  const [name, ...words] = line.split(' ');
  const printed = { out: '', err: '' };
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed.out += String(text);
    return true;
  });
  const err = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    printed.err += String(text);
    return true;
  });
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    const command = new Command(name).exitOverride();
    (await commands[name]()).define(command);
    await command.parseAsync(normalizeArguments(words, command.options), { from: 'user' });
    return { ...printed, code: Number(process.exitCode) };
  } catch (error) {
    const { message, exitCode } = failureOf(error);
    return { ...printed, err: `${printed.err}${message}\n`, code: exitCode, error };
  } finally {
    process.exitCode = before;
    out.mockRestore();
    err.mockRestore();
  }
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
