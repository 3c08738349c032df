/** What the package holds and what it brings; what publint and `are the types wrong` say of it. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { expect, inject, it } from 'vitest';

interface PackageFile {
  bin: Record<string, string>;
  exports: Record<string, string | Record<string, string>>;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies: Record<string, string>;
  peerDependenciesMeta: Record<string, { optional: boolean }>;
}

const installed = join(inject('project'), 'node_modules', 'perceptron-lab');
const packageFile = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as PackageFile;

const files = readdirSync(installed, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => ({ name: path.slice(installed.length + 1).replaceAll(sep, '/'), size: statSync(path).size }));

it('holds what it names, and nothing for its makers alone', () => {
  const { bin, exports } = packageFile;
  const named = [bin, ...Object.values(exports)].flatMap((entry) =>
    typeof entry === 'string' ? [entry] : Object.values(entry),
  );
  for (const path of named) expect(existsSync(join(installed, path)), path).toBe(true);
  expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(['CHANGELOG.md', 'LICENSE', 'README.md']));
  const others = files.filter(
    ({ name }) => /\.map$/.test(name) || !/^(dist\/(cli|lab|library)|data)\/|^[\w.]+$/.test(name),
  );
  expect(others).toEqual([]);
});

it('brings no other package, and takes less than 14.1 MB', () => {
  const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = packageFile;
  expect({ ...dependencies, ...optionalDependencies }).toEqual({});
  for (const name of Object.keys(peerDependencies)) expect(peerDependenciesMeta[name]?.optional, name).toBe(true);
  expect(files.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(14_100_000);
});

it('carries the licences of what is built into it', () => {
  for (const build of ['cli', 'lab', 'library']) {
    const notices = readFileSync(join(installed, 'dist', build, 'third-party-notices.txt'), 'utf8');
    expect(notices, build).toMatch(/^zod [\d.]+ \(MIT\)$/m);
  }
});

it('is what publint expects', async () => {
  const { messages, pkg } = await publint({ pkgDir: installed, pack: false, strict: true });
  expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
});

// Node below 20.19 cannot `require` a module, and TypeScript's node10 knows no exports: neither is supported.
it('has types where its code is', async () => {
  const tarball = createPackageFromTarballData(new Uint8Array(readFileSync(inject('tarball'))));
  const analysis = await checkPackage(tarball, { entrypoints: ['.', './element', './node'] });
  if (!analysis.types) throw new Error('the package has no types');
  const problems = analysis.problems.filter(
    (problem) => !('resolutionKind' in problem && ['node10', 'node16-cjs'].includes(problem.resolutionKind)),
  );
  expect(problems).toEqual([]);
});
