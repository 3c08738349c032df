/** What the command line alone says: the page and the library do without. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { severities } from '../../../src/data/table/notices.ts';
import { cli, fileReasons } from '../../../src/messages/en/command-line/cli.ts';
import { findings } from '../../../src/messages/en/command-line/findings.ts';
import { founding } from '../../../src/messages/en/command-line/founding.ts';
import { machine } from '../../../src/messages/en/command-line/machine.ts';
import { connectionProblems, queue, workStates } from '../../../src/messages/en/command-line/queue.ts';
import { report } from '../../../src/messages/en/command-line/report.ts';
import { differences, shards } from '../../../src/messages/en/command-line/shards.ts';
import { labels, summary } from '../../../src/messages/en/command-line/summary.ts';
import { ko } from '../../../src/messages/ko/command-line.ts';
import { ko as library } from '../../../src/messages/ko/index.ts';
import { type Catalogue, translator } from '../../../src/util/message.ts';
import { expectTranslated, variantsOf } from '../../support/text/translated.ts';

const samples = {
  address: 'Qx',
  column: 'Qa',
  columns: ['Qb', 'Qc'],
  count: 7005,
  epoch: 7012,
  epochs: 7013,
  rows: 7014,
  example: 'Qh',
  most: 7009,
  name: 'Qf',
  names: ['Qd', 'Qe'],
  near: undefined,
  option: 'Qq',
  source: 'my table.csv',
  text: 'Qg',
  version: 'Qs',
  why: { code: 'of another catalogue', params: {}, text: 'Qr' },
  value: 'Ra',
  repeats: 7034,
  mean: 'Rb',
  sd: 'Rc',
  diverged: 7033,
  width: 7007,
  adapter: 'Qw',
  argument: 'Qy',
  binding: 'Qz',
  buffer: 'QA',
  buffers: 7019,
  changes: 'QB',
  choice: 'QC',
  chosen: 'QD',
  combinations: 7020,
  command: 'QE',
  cores: 7021,
  detail: 'QF',
  engine: 'QG',
  engines: ['QH', 'QI'],
  formats: ['QH', 'QI'],
  features: ['QK', 'QL'],
  fewest: 7022,
  level: 70.23,
  file: 'QM',
  folder: 'QN',
  differences: [{ name: 'Rp', stored: '7071', given: '7072' }],
  tables: [
    { rows: 7073, features: 7074 },
    { rows: 7075, features: 7076 },
  ],
  from: 'installed',
  install: ['Rv', 'Rw'],
  rest: 'Rd',
  shares: [
    ['Re', 'Rf'],
    ['Rg', 'Rh'],
  ],
  mark: 'Ri',
  compared: 7035,
  tied: 7036,
  untold: 7037,
  held: 'sweep',
  host: 'Rj',
  how: 'QO',
  input: 'QP',
  invocations: 7023,
  kept: 'QQ',
  kinds: ['QR', 'QS'],
  label: 'data',
  languages: ['QT', 'QU'],
  megabytes: 7024,
  memory: 'QV',
  methods: ['t'],
  metric: 'QW',
  network: 'QX',
  others: 7025,
  folds: 7061,
  held_out: 7067,
  networks: 7068,
  interrupted: true,
  members: 7062,
  packs: 7063,
  share: 70.64,
  temperature: 'Q6',
  test: 7065,
  parameters: 7026,
  part: 'QY',
  plan: 'QZ',
  plans: ['Q1', 'Q2'],
  platform: 'Q3',
  populations: 7027,
  pid: 7075,
  port: 7028,
  reason: 'missing',
  resumable: true,
  resumed: 7029,
  said: 'Q4',
  set: 'test',
  since: 'Rk',
  sets: [['test', 7030]],
  settings: 'Q5, ',
  software: true,
  stream: 'input',
  target: 'Q6',
  trials: 7031,
  unit: 'Q7',
  units: 'Q8',
  workgroups: 7032,
  of: 7071,
  predictions: 7072,
  time: 'Rd',
  row: 7073,
  prediction: 'Re',
  base: 'Rf',
  left: 7074,
  size: 7075,
  limit: 7076,
  problem: 'refused',
  queue: 'Rm',
  job: 'Rn',
  jobs: 7077,
  seconds: 70.78,
  rate: 707.9,
  machine: 'Ro',
  versions: ['Rq', 'Rr'],
  policy: 'Rt',
  shard: 'Rl',
  missing: ['Rm', 'Rn'],
  unfinished: [{ folder: 'Ro', shard: 'Rq' }],
  damaged: ['Rr'],
  damage: 'cut',
  difference: 'rows',
  trial: 'Rs',
  other: 'Rt',
  machines: ['Ru'],
  folders: 7077,
  attempts: 7080,
  priorities: [
    { priority: 7091, waiting: 7092 },
    { priority: 0, waiting: 7093 },
  ],
  kind: 'sweep',
  table: 'QW',
  state: 'training',
  ended: 7094,
  waiting: 708,
  active: 709,
  delayed: 0,
  done: 711,
  failed: 712,
  known: ['Ru', 'Rv'],
  what: 'trial',
  pack: 7079,
  batch: 7081,
  layers: 7082,
  one: 'R1',
  two: 'R2',
  relu: 'R3',
  leaky_relu: 'R4',
  sigmoid: 'R5',
  tanh: 'R6',
  optimizer: 'R7',
  seen: 'R0',
  signals: ['RA', 'RB'],
  together: [{ name: 'R8', outcome: 'yes', numbers: 'R9' }],
  checks: [
    { name: 'Rv', outcome: 'yes', numbers: 'Rx' },
    { name: 'Ry', outcome: 'no', numbers: 'Rz' },
  ],
  train: 7083,
  validation: 7084,
  seed: 7085,
  seeds: 7086,
  tolerance: 7087,
  biases: 7088,
  total: 7089,
  learned: 7090,
  means: ['RC', 'RD'],
  noise: 'RE',
  baseline: 'RF',
  note: 'RG',
  solver: 'adam',
  x: 'Q9',
  y: 'Q0',
};

const others = {
  near: ['Qp'],
  example: [undefined],
  resumable: [false],
  software: [false],
  methods: [[], ['bootstrap']],
  names: [[]],
  resumed: [0],
  diverged: [0, 1],
  most: [7022],
  input: ['-'],
  features: [['QK', 'QL', 'Qa', 'Qb', 'Qc']],
  count: [1],
  from: ['CHROME_PATH', 'package'],
  held: ['report', 'run'],
  problem: Object.keys(connectionProblems),
  state: Object.keys(workStates),
  priorities: [undefined],
  versions: [[]],
  reason: Object.keys(fileReasons),
  stream: ['output', 'unknown'],
  set: ['train', 'validation'],
  difference: Object.keys(differences),
  damaged: [[]],
  what: ['pack'],
  checks: [[...'abcdef'].map((name) => ({ name: `R${name}`, outcome: 'unclear', numbers: 'Rx' }))],
  left: [1],
  network: ['mlp'],
  of: [1],
};

const catalogues: Record<string, Catalogue> = { cli, findings, founding, machine, queue, report, shards, summary };
const entries = Object.values(catalogues).flatMap((catalogue) => Object.entries(catalogue));
const codes = entries.map(([code]) => code);

const sources = ['cli', 'founding', 'machine', 'queue']
  .flatMap((folder) =>
    readdirSync(`src/${folder}`, { recursive: true, encoding: 'utf8' }).map((name) => `src/${folder}/${name}`),
  )
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(name, 'utf8'))
  .join('\n');

describe('every message of the command line', () => {
  it('has a code that no other has', () => {
    expect(codes.filter((code, index) => codes.indexOf(code) !== index || Object.hasOwn(library, code))).toEqual([]);
    expect(Object.keys(ko).sort()).toEqual([...codes, ...Object.keys(library)].sort());
  });

  it('is used, as is every label', () => {
    const own = Object.keys(labels).filter((label) => !severities.some((severity) => severity === label));
    expect([...codes, ...own].filter((code) => !sources.includes(`'${code}'`))).toEqual([]);
  });

  it.each(entries)('says something in both languages, and the same values: %s', (code, entry) => {
    expectTranslated(code, entry, translator(ko), variantsOf(samples, others));
  });
});
