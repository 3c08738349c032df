/** One method on one split: trains by the command line, predicts by the command line, scores here. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from './command-line.ts';
import { commandOf, type Method, wordsOf } from './methods.ts';
import { averageOf, errorName, type Metrics, metricsOf } from './metrics.ts';
import type { SplitCells } from './split.ts';
import { type BenchTable, columnOf, type Predictions, parseCells, type Task, textOfCells } from './tables.ts';

/** The score on validation rows (RMSE or log loss) after so many seconds. */
export interface Progress {
  seconds: number;
  score: number;
}

export interface Trained {
  metrics: Metrics;
  wall: number;
  cpu: number;
  /** As the command says of itself. */
  engine?: string;
  /** Of `fit`, where its JSON has it. */
  progress?: Progress[];
}

/** What is read of the JSON of `train` and `fit`. An entry of `progress` has its score by name, once there is a model. */
interface Said {
  engine?: { kind: string };
  progress?: { seconds: number; score?: number; metrics?: Metrics | null }[];
}

export function progressOf(task: Task, entries: Said['progress']): Progress[] | undefined {
  return entries?.flatMap(({ seconds, metrics, score = metrics?.[errorName[task]] }) =>
    score === undefined ? [] : [{ seconds, score }],
  );
}

export async function trainOnce(
  main: string,
  engine: string,
  method: Method,
  table: BenchTable,
  { train, test, truth }: SplitCells,
): Promise<Trained> {
  const folder = mkdtempSync(join(tmpdir(), 'accuracy-'));
  try {
    writeFileSync(join(folder, 'train.csv'), textOfCells(train));
    writeFileSync(join(folder, 'test.csv'), textOfCells(test));
    const members: Predictions[] = [];
    const trained: Omit<Trained, 'metrics'> = { wall: 0, cpu: 0 };
    for (const words of wordsOf(method.row)) {
      const named = ['--target', table.target, ...table.options, '--engine', engine, '--json', '--out', 'model'];
      const ran = await runCommand(main, [commandOf(method), 'train.csv', ...named, ...words], folder);
      const said = JSON.parse(ran.stdout) as Said;
      trained.wall += ran.wall;
      trained.cpu += ran.cpu;
      trained.engine = said.engine?.kind;
      trained.progress = progressOf(table.task, said.progress);
      await runCommand(main, ['predict', 'model/model.safetensors', 'test.csv', '--out', 'predicted.csv'], folder);
      members.push(predictionsOf(table, readFileSync(join(folder, 'predicted.csv'), 'utf8')));
      rmSync(join(folder, 'model'), { recursive: true });
    }
    const predictions = averageOf(members);
    const missing = columnOf(train, table.target).find((name) => !predictions.classes.includes(name));
    if (table.task === 'classification' && missing !== undefined) {
      throw new Error(`predictions have no probability of the class ${missing}`);
    }
    return { metrics: metricsOf(table.task, truth, predictions), ...trained };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const probability = 'probability_';

/** What `predict` wrote. */
export function predictionsOf({ task, target }: Pick<BenchTable, 'task' | 'target'>, text: string): Predictions {
  const cells = parseCells(text);
  const number = (cell: string) => (cell === '' ? Number.NaN : Number(cell));
  if (task === 'regression') {
    return { classes: [], rows: columnOf(cells, `predicted_${target}`).map((cell) => [number(cell)]) };
  }
  const names = cells.names.filter((name) => name.startsWith(probability));
  const places = names.map((name) => cells.names.indexOf(name));
  return {
    classes: names.map((name) => name.slice(probability.length)),
    rows: cells.rows.map((row) => places.map((place) => number(row[place]))),
  };
}
