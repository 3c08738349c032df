/** The catalogues: every message is used, and says in both languages all that it mentions. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../src/data/read/csv.ts';
import { fileKinds } from '../../../src/messages/en/tables/binary-files.ts';
import { ko } from '../../../src/messages/ko/index.ts';
import { InputError, saidBy } from '../../../src/util/errors.ts';
import { type Message, translator } from '../../../src/util/message.ts';
import { englishCatalogues } from '../../support/text/english-catalogues.ts';
import { expectTranslated, variantsOf } from '../../support/text/translated.ts';

/** A value for each parameter by its name, that no sentence would have by itself. */
const samples = {
  source: 'my table.csv',
  line: 7086,
  place: 7087,
  address: 'Sc',
  row: 7001,
  rows: [7002, 7003],
  last: 7004,
  count: 7005,
  learned: 7098,
  all: true,
  inputs: 7061,
  before: 7062,
  size: 7006,
  width: 7007,
  cells: 7008,
  most: 7009,
  value: 7010,
  other: 7011,
  column: 'Qa',
  columns: ['Qb', 'Qc'],
  names: ['Qd', 'Qe'],
  sheet: 'Qsa',
  sheets: ['Qsb', 'Qsc'],
  name: 'Qf',
  text: 'Qg',
  example: 'Qh',
  cause: 'Qi',
  encoding: 'QJ',
  decimal: 'Qk',
  thousands: 'Ql',
  header: true,
  kind: 'numpy',
  todo: 'save',
  path: 'Qo',
  near: undefined,
  option: 'Qq',
  epoch: 7012,
  epochs: 7013,
  best_loss: 'Qm',
  code: 'Qzc',
  engine: 'Qze',
  last_loss: 'Qn',
  advice: 'stop',
  why: { code: 'of another catalogue', params: {}, text: 'Qr' },
  version: 'Qs',
  versions: ['Qt', 'Qu'],
  type: 'Qv',
  shape: [7014, 7015],
  wanted: [7016],
  layers: 7017,
  expected: 7018,
  trial: 7019,
  losses: ['Qy', 'Qz'],
  activation: 'Qw',
  loss: 'Qx',
  values: [7020, 7021],
  more: true,
  scaled: true,
  given: 7022,
  own: 7023,
  metric: 'rmse',
  error: 'rmse',
  train_score: 7083,
  unlearned: 'all',
  weighted: true,
  dropout: true,
  linear: 7081,
  baseline: 7082,
  low: 70.83,
  high: 70.84,
  missed: ['Sa', 'Sb'],
  diverged: 7085,
  stored: { rows: 7024, columns: 7025, outputs: 7026 },
  data: { rows: 7027, columns: 7028, outputs: 7029 },
  watched: 'validation',
  tolerance: 7030,
  rate: 7031,
  lower: 7032,
  kept: 7033,
  first: 7034,
  second: {},
  settings: { 'training.l1': 7035 },
  folds: 7036,
  adapter: 'Qy',
  found: 7037,
  setting: 'Ra',
  default: 'Rb',
  input: 'Rc',
  bound: 7039,
  inclusive: true,
  choices: ['Rd', 'Re'],
  chosen: 'Rf',
  step: 7038,
  bytes: 7_050_000_000,
  limit: 7_060_000_000,
  work: 'checking',
  trials: 7039,
  parts: [{ name: 'Qz', bytes: 7_070_000_000 }],
  budget: 7_080_000_000,
  held: 7_090_000_000,
  fitting: 7044,
  detail: 'Rg',
  file: 'Rh',
  problem: 'Ri',
  status: 7040,
  keeps: 'last',
  theirs: 'Rj',
  ours: 'Rk',
  doing: 'training',
  total: 7040,
  each: 1,
  least: 7041,
  groups: 7042,
  length: 7043,
  texts: 7044,
  share: 70.45,
  level: 70.47,
  reachable: 70.48,
  fewest: 7049,
  correlation: 7046,
  numbers: 0,
  odd_text: 'R0',
  unit: 'Rg',
  trained: 'Rh',
  transform: 'Ri',
  value_text: 'Rj',
  format: 'Rk',
  from: 'Rl',
  to: 'Rm',
  missing: 'Rn',
  part: 'validation',
  sets: ['train', 'test'],
  mend: 'regression',
  column_type: 'number',
  gaps: true,
  ignored: true,
  either: true,
  examples: [
    { row: 7050, text: 'Ro' },
    { row: 7051, text: 'Rp' },
  ],
  outside: [{ row: 7052, text: 'Rq' }],
  first_cell: { row: 7053, text: 'Rr' },
  formats: [
    { format: 'Rs', rows: 7054 },
    { format: 'Rt', rows: 7055 },
  ],
  units: [{ name: 'Ru', rows: 7056 }],
  markers: [{ text: 'Rv', count: 7057 }],
  spellings: [
    { text: 'Rw', rows: 7058 },
    { text: 'Rx', rows: 7059 },
  ],
  classes: [
    { name: 'Ry', share: 70.6 },
    { name: 'Rz', share: 0.7061 },
  ],
  content: 'rows',
  memory: 'storage',
  help: 'smaller',
  plan: 'layered',
  damage: 'damaged',
  bounded: true,
  since: { code: 'of another catalogue', params: {}, text: 'Rl' },
};

/** Other values of a parameter, which make another sentence. */
const others: Record<string, readonly unknown[]> = {
  metric: ['log_loss'],
  error: ['log_loss', 'error_rate', 'accuracy', 'balanced_accuracy'],
  unlearned: ['held_out', 'few'],
  weighted: [false],
  dropout: [false],
  diverged: [0],
  count: [1],
  all: [false],
  header: [false],
  near: ['Qp'],
  value: [null],
  kind: Object.keys(fileKinds),
  todo: ['unpack', 'open'],
  advice: ['monitor', 'restore'],
  more: [false],
  scaled: [false],
  watched: ['training'],
  kept: [0],
  setting: [''],
  detail: [''],
  keeps: ['best', 'later'],
  default: [null, undefined],
  inclusive: [false],
  source: [''],
  text: [''],
  odd_text: [undefined],
  formats: [[], [{ format: 'Rs', rows: 1 }]],
  numbers: [7047],
  mend: ['target'],
  column_type: ['integer', 'date'],
  gaps: [false],
  ignored: [false],
  either: [false],
  missing: [undefined],
  first_cell: [undefined],
  values: [[7020]],
  names: [[]],
  rows: [[7002]],
  cells: [1],
  texts: [1],
  type: ['finite', 'number', 'string', 'boolean', 'array', 'tuple', 'object', 'Float32Array'],
  trials: [1],
  held: [0],
  fitting: [0, 1],
  content: ['activations', 'all_activations'],
  memory: ['workgroup'],
  help: ['cpu', 'resident', 'layered'],
  plan: ['resident'],
  damage: ['empty', 'foreign', 'earlier_format', 'version', 'cut', 'contents', 'unreadable'],
  bounded: [false],
  work: ['training', 'evaluating', 'predicting'],
  doing: ['testing itself', 'making the population', 'reading parameters', 'saving'],
};
const catalogues = Object.entries(englishCatalogues);
const entries = catalogues.flatMap(([, catalogue]) => Object.entries(catalogue));

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.startsWith('messages'))
  .map((name) => readFileSync(`src/${name}`, 'utf8'))
  .join('\n');

describe('every message', () => {
  it('has a code of its own', () => {
    const codes = entries.map(([code]) => code);
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
    expect(Object.keys(ko).sort()).toEqual(codes.sort());
  });

  it('is used', () => {
    expect(entries.map(([code]) => code).filter((code) => !sources.includes(`'${code}'`))).toEqual([]);
  });

  it.each(entries)('says something in both languages, and the same values: %s', (code, entry) => {
    expectTranslated(code, entry, translator(ko), variantsOf(samples, others));
  });
});

describe('an error', () => {
  it('is a message, and no text', () => {
    const text = /new (?:Input|Run)Error\(\s*[`'"]|(?<![.\w])(?:warning|info|critical)\(\s*[`'"]/;
    const said = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.ts') && text.test(readFileSync(`src/${name}`, 'utf8')),
    );
    expect(said).toEqual([]);
  });

  const refused = (csv: string) =>
    readCsv(csv, { source: 'a.csv', max_short_rows: 0 }).catch((error: unknown) => error);

  it('has a code and parameters, from which English is made', async () => {
    const error = await refused('x,y\n1,2\n3\n');
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({
      code: 'row_width',
      params: { source: 'a.csv', row: 3, cells: 1, width: 2, header: true },
      message:
        'a.csv, row 3: has 1 cell, but the header has 2; correct the row, and put quotes around a cell that contains the delimiter.',
    });
  });

  it('is said in Korean', async () => {
    expect(translator(ko)(saidBy(await refused('x,y\n1,2\n3\n')) as Message)).toBe(
      'a.csv의 3행: 셀 1개가 있는데 첫 행에는 2개가 있습니다. 행을 고치고, 구분자가 든 셀은 따옴표로 묶으세요.',
    );
  });

  it('says of notices what the table has', async () => {
    const { notices } = await readCsv('x,\n1,2\n');
    expect(notices).toMatchObject([
      {
        severity: 'info',
        code: 'columns_unnamed',
        params: { names: ['column_2'] },
        text: 'Columns without a name are called "column_2".',
      },
    ]);
  });
});
