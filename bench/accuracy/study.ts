/** Trains what has not been trained yet, split by split, so that a run that is cut off has seen every table. */
import { firstLine } from '../patience.ts';
import { compareTable, type Result, type TableComparison } from './compare.ts';
import type { Peers } from './folder.ts';
import type { Method } from './methods.ts';
import { hashOf, type Measured, type ResultFile, type ResultLine } from './results.ts';
import { type SplitCells, splitCells } from './split.ts';
import { type BenchTable, columnOf } from './tables.ts';
import { trainOnce } from './training.ts';
import { missingYardsticks } from './yardsticks.ts';

/** What a table holds. */
export interface TableFacts {
  table: BenchTable;
  rows: number;
  /** Without the target. */
  columns: number;
  classes?: number;
  /** Empty cells. */
  gaps: number;
}

/** A method, or a peer, on all tables. */
export interface MethodStudy {
  name: string;
  /** None for a peer. */
  method?: Method;
  results: (Result | ResultLine)[];
  comparisons: TableComparison[];
}

export interface Study {
  tables: TableFacts[];
  peers: Peers;
  methods: MethodStudy[];
  /** The same of the peers, over the splits that the methods were measured on. */
  peerStudies: MethodStudy[];
  failures: Failure[];
}

export interface Failure {
  method: string;
  table: string;
  split: number;
  why: string;
}

export interface StudyOptions {
  tables: readonly BenchTable[];
  peers: Peers;
  methods: readonly Method[];
  /** The first so many of each table, or the last one. */
  splits: number | 'last';
  engine: string;
  results: ResultFile;
  /** The command's file and its state; nothing is trained where there is none. */
  commandLine?: { main: string; build: string };
  say: (line: string) => void;
}

export async function runStudy(options: StudyOptions): Promise<Study> {
  const { tables, methods, splits } = options;
  const peers: Peers = Object.fromEntries(Object.entries(options.peers).map(([name, stored]) => [name, [...stored]]));
  const lines = new Map(methods.map(({ name }) => [name, [] as ResultLine[]]));
  const failures: Failure[] = [];
  const most = Math.max(...tables.map((table) => table.splits.length));
  for (let split = 0; split < most; split++) {
    for (const table of tables.filter((one) => isChosen(one, split, splits))) {
      const cells = splitCells(table.read(), table.target, table.splits[split]);
      const rows = hashOf(cells);
      for (const [name, compute] of missingYardsticks(options.peers, table, split, cells)) {
        const line = await known(options, hashOf(rows, name), name, compute);
        peers[name] = [...(peers[name] ?? []), line];
      }
      for (const method of methods) {
        try {
          const line = await measured(options, method, { table, split, cells, rows });
          if (line) lines.get(method.name)?.push(line);
        } catch (error) {
          const failure = { method: method.name, table: table.name, split, why: firstLine(error) };
          failures.push(failure);
          options.say(failureWords(failure));
        }
      }
    }
  }
  return { tables: tables.map(factsOf), peers, failures, ...studiesOf(tables, methods, lines, peers) };
}

function isChosen(table: BenchTable, split: number, splits: StudyOptions['splits']): boolean {
  const { length } = table.splits;
  return splits === 'last' ? split === length - 1 : split < Math.min(splits, length);
}

export const failureWords = ({ method, table, split, why }: Failure) =>
  `${method}, ${table}, split ${split} failed: ${why}`;

/** Where nothing is to be trained, none if it is not there. */
async function measured(
  options: StudyOptions,
  method: Method,
  { table, split, cells, rows }: { table: BenchTable; split: number; cells: SplitCells; rows: string },
): Promise<ResultLine | undefined> {
  const { commandLine, engine, results, say } = options;
  const key = hashOf(rows, engine, method.row, table.options);
  if (!commandLine && !results.get(key)) return undefined;
  return known(options, key, method.name, async () => {
    const trained = await trainOnce(commandLine!.main, engine, method, table, cells);
    say(`${method.name}, ${table.name}, split ${split}: ${JSON.stringify(trained.metrics)}`);
    return { table: table.name, split, ...trained };
  });
}

/** The line that is there, named as the method is now, or a new one. */
async function known(
  { results, commandLine }: StudyOptions,
  key: string,
  method: string,
  measure: () => Measured | Promise<Measured>,
): Promise<ResultLine> {
  const before = results.get(key);
  if (before) return { ...before, method };
  const line = { key, method, build: commandLine?.build ?? '', ...(await measure()) };
  results.add(line);
  return line;
}

function studiesOf(
  tables: readonly BenchTable[],
  methods: readonly Method[],
  measured: ReadonlyMap<string, ResultLine[]>,
  peers: Peers,
): Pick<Study, 'methods' | 'peerStudies'> {
  const study = (name: string, results: readonly Result[], method?: Method): MethodStudy => ({
    name,
    method,
    results: [...results],
    comparisons: tables.flatMap((table) => {
      const of = results.filter((result) => result.table === table.name);
      return of.length > 0 ? [compareTable(table, of, peers)] : [];
    }),
  });
  const seen = new Set([...measured.values()].flat().map(({ table, split }) => `${table} ${split}`));
  const studies = methods.map((method) => study(method.name, measured.get(method.name) ?? [], method));
  return {
    methods: studies.filter(({ results }) => results.length > 0),
    peerStudies: Object.entries(peers)
      .map(([name, stored]) =>
        study(
          name,
          stored.filter(({ table, split }) => seen.has(`${table} ${split}`)),
        ),
      )
      .filter(({ results }) => results.length > 0),
  };
}

function factsOf(table: BenchTable): TableFacts {
  const { names, rows } = table.read();
  return {
    table,
    rows: rows.length,
    columns: names.length - 1,
    classes: table.task === 'classification' ? new Set(columnOf({ names, rows }, table.target)).size : undefined,
    gaps: rows.reduce((sum, row) => sum + row.filter((cell) => cell === '').length, 0),
  };
}
