/** The benchmark of accuracy from end to end: the built command line trains and predicts, held-out rows are scored. */
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { hasCommand } from '../../bench/accuracy/command-line.ts';
import type { Method } from '../../bench/accuracy/methods.ts';
import { ResultFile } from '../../bench/accuracy/results.ts';
import { runStudy } from '../../bench/accuracy/study.ts';
import { built } from '../../tools/build.mjs';
import { folder } from '../support/commands/cli.ts';
import { classes, numbers } from '../unit/bench/accuracy/study.ts';

const words = ['--hidden', '4', '--epochs', '40', '--learning_rate', '0.05'];
const methods: Method[] = [
  { name: 'two', row: { train: words, members: 2, resplit: true } },
  { name: 'wrong', row: { train: ['--no_such_setting', '1'] } },
];

describe('the benchmark of accuracy', () => {
  let main: string;
  beforeAll(async () => {
    main = join(await built('cli'), 'main.js');
  });

  const study = (commandLine?: { main: string; build: string }) =>
    runStudy({
      tables: [numbers, classes],
      peers: {},
      methods,
      splits: 1,
      engine: 'reference',
      results: new ResultFile(join(folder, 'results.jsonl')),
      commandLine,
      say: () => {},
    });

  it('takes the first splits of each table, or its last', async () => {
    const splits = [[0], [1], [2]];
    const tables = [
      { ...numbers, splits },
      { ...classes, splits: splits.slice(0, 2) },
    ];
    const taken = async (splits: number | 'last') => {
      const results = new ResultFile(join(folder, `splits-${splits}.jsonl`));
      const { peers } = await runStudy({
        tables,
        peers: {},
        methods: [],
        splits,
        engine: 'reference',
        results,
        say: () => {},
      });
      return Object.values(peers)[0].map(({ table, split }) => `${table} ${split}`);
    };
    expect(await taken(1)).toEqual(['numbers 0', 'classes 0']);
    expect(await taken('last')).toEqual(['classes 1', 'numbers 2']);
  });

  it('trains, scores, says what failed, and trains nothing twice', async () => {
    const { methods: measured, peerStudies, failures } = await study({ main, build: 'first' });
    expect(failures.map(({ method, table }) => [method, table])).toEqual([
      ['wrong', 'numbers'],
      ['wrong', 'classes'],
    ]);
    expect(failures[0].why).toMatch(/^train ended with 2: .*no_such_setting/);
    expect(measured.map(({ name }) => name)).toEqual(['two']);
    expect(peerStudies.map(({ name }) => name)).toEqual(['mean or prior', 'linear']);
    const baseline = peerStudies[0].comparisons.map(({ error }) => error);
    for (const { comparisons } of measured) {
      expect(comparisons.map(({ table }) => table)).toEqual(['numbers', 'classes']);
      comparisons.forEach(({ error, cpu, wall }, at) => {
        expect(error).toBeLessThan(baseline[at]);
        expect(cpu).toBeGreaterThan(0);
        expect(wall).toBeGreaterThan(0);
      });
    }
    const again = await study();
    expect(again.methods).toEqual(measured);
    expect(again.failures).toEqual([]);
  });

  it('knows which commands a build has', async () => {
    expect(await hasCommand(main, 'train', folder)).toBe(true);
    expect(await hasCommand(main, 'no-such-command', folder)).toBe(false);
  });
});
