/** A command in this process, for tests that take hold of what it calls: what it prints, and how it would end. */
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
