/** What `npm run bench:accuracy` takes. */
import { basename, join, resolve } from 'node:path';
import { Command } from 'commander';

export interface Options {
  /** A folder of tables; the project's own where there is none. */
  tables?: string;
  only?: string[];
  /** The first so many splits of each table, or the last one. */
  splits: number | 'last';
  methodsFile: string;
  /** All of the file where there are none. */
  methods?: string[];
  ablation: boolean;
  engine: string;
  out: string;
  /** The page that is written, if one is. */
  report?: string;
  /** Nothing is trained: what the results hold is compared. */
  compare: boolean;
  /** As it was typed, with the last part of each path: where a folder lies is of no interest to others. */
  command: string;
}

const usual = 'train;fit 60 s';

/** Paths are meant from `folder`. @throws Error saying what is wrong */
export function readOptions(words: string[], root: string, folder = process.cwd()): Options {
  const page = join(root, 'docs', 'accuracy.md');
  const given = new Command('npm run bench:accuracy --')
    .option('--tables <folder>', "tables.json, tables/NAME.csv and peers.json (default: the project's own tables)")
    .option('--only <names>', 'these tables alone', listOf(','))
    .option('--splits <n>', 'the first so many splits of each table, or `last` (default: all)', splitsOf)
    .option('--methods <names>', `rows of the methods file, with semicolons between (default: ${usual})`, listOf(';'))
    .option('--methods-file <file>', 'another file of methods, all of its rows unless --methods names some')
    .option('--ablation', 'bench/accuracy-ablation.json: each row beside the first one', false)
    .option('--engine <name>', 'cpu, webgpu, reference or auto', 'cpu')
    .option(
      '--out <file>',
      'a line for each training; those there are not trained again',
      'bench-results/accuracy.jsonl',
    )
    .option('--report [file]', 'write the page, too (default: docs/accuracy.md)')
    .option('--compare', 'train nothing: compare what the results hold', false)
    .parse(words, { from: 'user' })
    .opts();
  const { ablation, methodsFile, report } = given;
  const ownFile = join(root, 'bench', ablation ? 'accuracy-ablation.json' : 'accuracy-methods.json');
  const all = ablation || methodsFile !== undefined;
  const here = (path: string) => resolve(folder, path);
  return {
    ...given,
    tables: given.tables && here(given.tables),
    splits: given.splits ?? Number.POSITIVE_INFINITY,
    methodsFile: methodsFile ? here(methodsFile) : ownFile,
    methods: given.methods ?? (all ? undefined : listOf(';')(usual)),
    ablation,
    engine: given.engine,
    compare: given.compare,
    out: here(given.out),
    report: report === true ? page : report && here(report),
    command: ['npm run bench:accuracy', ...(words.length > 0 ? ['--', ...words.map(quoted)] : [])].join(' '),
  };
}

const listOf = (separator: string) => (text: string) => text.split(separator).map((word) => word.trim());
const quoted = (word: string) => (/[^\w,./-]/.test(word) ? `"${word}"` : basename(word));

function splitsOf(word: string): number | 'last' {
  if (word === 'last') return word;
  const value = Number(word);
  if (!(Number.isInteger(value) && value > 0)) throw new Error(`--splits: ${word} is no number of splits, nor "last".`);
  return value;
}
