/** `npm run bench:accuracy`: trains on tables by the built command line, scores held-out rows, and writes it up. See ../README.md. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, type } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ablationOf } from './ablation.ts';
import { hasCommand } from './command-line.ts';
import { type Peers, readFolder } from './folder.ts';
import { commandOf, type Method, readMethods } from './methods.ts';
import { type Options, readOptions } from './options.ts';
import { ownTables } from './own-tables.ts';
import { pageWith } from './page.ts';
import { type ReportFacts, reportOf } from './report.ts';
import { ResultFile } from './results.ts';
import { runStudy, type Study } from './study.ts';
import type { BenchTable } from './tables.ts';

// The command is built into dist/bench-accuracy.
const root = join(import.meta.dirname, '..', '..');
const say = (line: string) => console.error(line);

/** The command line as it is built now, which stays while this process lives. */
async function builtCommandLine(): Promise<{ main: string; build: string }> {
  const tool = pathToFileURL(join(root, 'tools', 'build.mjs')).href;
  const { built, hold } = (await import(/* @vite-ignore */ tool)) as typeof import('../../tools/build.mjs');
  const folder = await built('cli');
  hold(folder);
  return { main: join(folder, 'main.js'), build: basename(dirname(folder)) };
}

function chosenTables({ tables: folder, only }: Options): { tables: BenchTable[]; peers: Peers } {
  const { tables, peers } = folder ? readFolder(folder) : { tables: ownTables(root), peers: {} };
  const unknown = only?.find((name) => !tables.some((table) => table.name === name));
  if (unknown !== undefined) {
    throw new Error(`--only: there is no table ${unknown}; there are ${tables.map(({ name }) => name).join(', ')}.`);
  }
  return { tables: only ? tables.filter(({ name }) => only.includes(name)) : tables, peers };
}

/** Methods whose command this build has. */
async function ableMethods(methods: Method[], main: string): Promise<Method[]> {
  const able: Method[] = [];
  for (const command of new Set(methods.map(commandOf))) {
    const of = methods.filter((method) => commandOf(method) === command);
    if (await hasCommand(main, command, root)) able.push(...of);
    else say(`This build has no command ${command}; left out: ${of.map(({ name }) => name).join('; ')}`);
  }
  return methods.filter((method) => able.includes(method));
}

function factsOf(study: Study, { command, engine }: Options): ReportFacts {
  const lines = study.methods.flatMap(({ results }) => results.filter((result) => 'build' in result));
  const engines = new Set(lines.map((line) => line.engine).filter(Boolean));
  const { model } = cpus()[0];
  return {
    machine: `${model.trim()}, ${cpus().length} cores, ${type()} ${release()}, Node ${process.versions.node}`,
    engine: [engine, ...[...engines].filter((kind) => kind !== engine)].join(', in effect '),
    builds: [...new Set(lines.map(({ build }) => build))],
    command,
    date: new Date().toISOString(),
  };
}

function writePage(options: Options, page: string, text: string): void {
  const before = existsSync(page) ? readFileSync(page, 'utf8') : undefined;
  writeFileSync(page, pageWith(options.ablation ? 'ablation' : 'measured', text, before));
  // As everything else here is laid out, so that what is published passes the checks.
  const { status, stderr } = spawnSync('npx', ['biome', 'format', '--write', page], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The page could not be laid out: ${stderr}`);
}

try {
  const options = readOptions(process.argv.slice(2), root, process.env.INIT_CWD);
  const { tables, peers } = chosenTables(options);
  const methods = readMethods(options.methodsFile, options.methods);
  const commandLine = options.compare ? undefined : await builtCommandLine();
  const study = await runStudy({
    tables,
    peers,
    methods: commandLine ? await ableMethods(methods, commandLine.main) : methods,
    splits: options.splits,
    engine: options.engine,
    results: new ResultFile(options.out),
    commandLine,
    say,
  });
  const facts = factsOf(study, options);
  if (facts.builds.length > 1)
    say(`${options.out} has lines of several builds; remove it to measure all of them again.`);
  const text = options.ablation ? ablationOf(study, facts) : reportOf(study, facts);
  console.log(text);
  if (options.report) writePage(options, options.report, text);
  say(`written to ${[options.out, options.report].filter(Boolean).join(' and ')}`);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
