/**
 * The types as somebody meets them who installed the package and nothing else: strict, with every declaration file checked, without
 * types of Node or of WebGPU.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { type Ts, ts } from '../../tools/site/api/typescript.ts';
import { run } from './support/run.ts';

const root = join(import.meta.dirname, '..', '..');
const project = join(inject('project'), 'types');
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

const example = (file: string) => /```ts\n(.*?)```/s.exec(readFileSync(join(root, file), 'utf8'))?.[1] ?? '';
/** One line is wrong, so that it is seen that types are there. */
const program = `import { type DataSettingsInput, type Table, type TrialInput } from 'perceptron-lab';
import { calibrationFile, requestDawn } from 'perceptron-lab/node';
declare const table: Table;
${example('docs/library.md').replace(/^const table = .*$/m, '')}
const dawn = await requestDawn();
const onGpu = await requestEngine({ gpu: dawn.gpu, calibration: calibrationFile() });
{ await using mine = await requestEngine(); await using short = train(mine, data); await short.steps(1); }
const trial: TrialInput = { training: { epochs: 5, batch_size: 8, optimizer: { kind: 'sgd', momentum: 0.9 } } };
const reading: DataSettingsInput = { target: 'y', max_levels: 5 };
sweep(onGpu, data, { base: trial, random: { 'training.optimizer.learning_rate': { from: 1e-4, to: 1e-1, scale: 'log' } } });
const wrong: string = swept.leaderboard.length;
export { reading, wrong };
`;

const resolutions = { bundler: { module: 'esnext' }, nodenext: { module: 'nodenext' } };

mkdirSync(project, { recursive: true });
writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
writeFileSync(join(project, 'program.ts'), program);
writeFileSync(join(project, 'readme.ts'), `declare const fileOrText: string;\n${example('README.md')}`);
for (const [resolution, { module }] of Object.entries(resolutions)) {
  const compilerOptions = {
    module,
    moduleResolution: resolution,
    target: 'es2022',
    lib: ['es2022', 'dom'],
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    // TypeScript's own are its business.
    skipDefaultLibCheck: true,
    noEmit: true,
  };
  const config = JSON.stringify({ compilerOptions, files: ['program.ts', 'readme.ts'] });
  writeFileSync(join(project, `${resolution}.json`), config);
}

const theMistake = "Type 'number' is not assignable to type 'string'.";

describe.each(Object.keys(resolutions))('with moduleResolution %s', (resolution) => {
  it('TypeScript 7 finds the one mistake', async () => {
    const { out } = await run(process.execPath, [tsc, '-p', `${resolution}.json`], project);
    expect(out.trim().split('\n')).toEqual([expect.stringContaining(`error TS2322: ${theMistake}`)]);
  });

  it('TypeScript 5.9 finds the one mistake', () => {
    const found = ts.getPreEmitDiagnostics(service(resolution).getProgram()!);
    expect(ts.versionMajorMinor).toBe('5.9');
    expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([theMistake]);
  });
});

it('an editor shows unit, range and default of a setting', () => {
  const editor = service('nodenext');
  const shown = (setting: string) => {
    const info = editor.getQuickInfoAtPosition(join(project, 'program.ts'), program.lastIndexOf(`${setting}:`));
    const text = ts.displayPartsToString(info?.documentation);
    return `${text}\n${info?.tags?.map(({ name, text }) => `@${name} ${ts.displayPartsToString(text)}`).join('\n')}`;
  };
  expect(shown('batch_size')).toBe(
    'Rows whose mean gradient makes one step.\nWhole number of rows from 1 to 1,048,576.\n' +
      '@defaultValue by the table: a fiftieth of the training rows, as a power of two from 16 to 256',
  );
  expect(shown('momentum')).toMatch(/\nNumber from 0 to below 1\.\n@defaultValue `0`$/);
  expect(shown('max_levels')).toMatch(/\nWhole number from 2 to 1,000\.\n@defaultValue `100`$/);
});

/** Files that are read once for all. */
const registry = ts.createDocumentRegistry();

function service(resolution: string): Ts.LanguageService {
  const { config } = ts.readConfigFile(join(project, `${resolution}.json`), ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, project);
  const host: Ts.LanguageServiceHost = {
    getCompilationSettings: () => options,
    getScriptFileNames: () => fileNames,
    getScriptVersion: () => '1',
    getScriptSnapshot: (file) => {
      const text = ts.sys.readFile(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => project,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
  };
  return ts.createLanguageService(host, registry);
}
