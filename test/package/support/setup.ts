/**
 * The package as somebody has it who installed it: packed, and unpacked into an empty folder. It depends on nothing, so that
 * is all of it. Once for the tests of this folder.
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { built } from '../../../tools/build.mjs';
import { run } from './run.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The file that would be published. */
    tarball: string;
    /** A folder in which it is installed. */
    project: string;
  }
}

const root = join(import.meta.dirname, '..', '..', '..');

export default async function setup({ provide }: TestProject): Promise<() => void> {
  const scratch = mkdtempSync(join(tmpdir(), 'package-test-'));
  const staged = join(scratch, 'staged');
  for (const name of ['package.json', 'README.md', 'README.ko.md', 'CHANGELOG.md', 'LICENSE', 'data', 'src', 'docs']) {
    cpSync(join(root, name), join(staged, name), { recursive: true });
  }
  for (const name of ['cli', 'lab', 'library']) {
    cpSync(await built(name), join(staged, 'dist', name), { recursive: true });
  }
  await succeed('npm', ['pack', '--offline', '--ignore-scripts', '--pack-destination', scratch], staged);
  const tarball = join(scratch, readdirSync(scratch).find((name) => name.endsWith('.tgz')) ?? '');
  const project = join(scratch, 'project');
  const installed = join(project, 'node_modules', 'perceptron-lab');
  mkdirSync(installed, { recursive: true });
  await succeed('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1'], scratch);
  provide('tarball', tarball);
  provide('project', project);
  return () => rmSync(scratch, { recursive: true, force: true });
}

async function succeed(program: string, words: string[], folder: string): Promise<void> {
  const { code, err } = await run(program, words, folder);
  if (code !== 0) throw new Error(`${program} ${words[0]} failed:\n${err}`);
}
