/** `model.py` and `train.py`: they answer as the model does, and train as the reference does. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { prepare } from '../../../src/data/prepare/prepare.ts';
import { requestEngine } from '../../../src/engine/request.ts';
import { describeModel } from '../../../src/export/description.ts';
import { toPyTorch } from '../../../src/export/pytorch/pytorch.ts';
import { loadModel } from '../../../src/model/file/load-model.ts';
import { createModel, type Model, saveModel } from '../../../src/model/model.ts';
import { lossNames } from '../../../src/spec/losses.ts';
import {
  optimizerNames,
  optimizerSettings,
  scheduleNames,
  scheduleSettings,
} from '../../../src/spec/optimizer-settings.ts';
import type { TrialInput } from '../../../src/spec/settings.ts';
import { train } from '../../../src/train/trainer.ts';
import { range, tableOf } from '../../support/data/tables.ts';
import { answersToUnusual, exportCases, unusualCells, usualRow } from '../../support/models/exported-models.ts';
import { findPython, runPython } from '../../support/models/python.ts';
import { type Answer, answersOf, farthest, type Row, rowsOf } from '../../support/models/rows-of.ts';
import { untrained } from '../../support/models/untrained.ts';

const cases = exportCases();
const python = findPython('torch');

const folder = mkdtempSync(join(tmpdir(), 'perceptron-torch-'));
afterAll(() => rmSync(folder, { recursive: true }));

function writeInto(name: string, model: Model, rows: unknown): void {
  mkdirSync(join(folder, name));
  for (const [file, bytes] of Object.entries(toPyTorch(model))) writeFileSync(join(folder, name, file), bytes);
  writeFileSync(join(folder, name, 'rows.json'), JSON.stringify(rows));
}

/** Does this in each folder, with the modules that are there; `answers` is printed. */
const inFolders = (prefix: string, count: number, work: string) => `
import json, sys
answers = []
for case in range(${count}):
    folder = f"${prefix}_{case}"
    sys.path.insert(0, folder)
    for name in ("model", "train"):
        sys.modules.pop(name, None)
    import model, train
    rows = json.load(open(f"{folder}/rows.json"))
    ${work}
    sys.path.pop(0)
print(json.dumps(answers))
`;

interface Trained {
  before: Model;
  after: Model;
  rows: { train: Row[]; validation: Row[] | null };
}

/** Trained by the reference, the rows in their order: with the settings of `before`, from its parameters. */
async function trainedBy(settings: TrialInput, kind: 'numbers' | 'two' | 'three'): Promise<Trained> {
  const engine = await requestEngine({ kind: 'reference' });
  const a = range(60).map((row) => Math.sin(row));
  const b = range(60).map((row) => Math.cos(1.7 * row));
  const answer = (row: number) => (kind === 'numbers' ? 5 + a[row] * b[row] : row % (kind === 'two' ? 2 : 3));
  const y = range(60).map((row) => (kind === 'numbers' ? answer(row) : `class ${answer(row)}`));
  const table = tableOf({ a, b, c: a.map((value) => (value > 0.3 ? 'p' : 'q')), y });
  const held = settings.training?.early_stopping ? 0.25 : 0;
  const data = prepare(table, { target: 'y', split: { train: 1 - held, validation: held } });
  const training = { early_stopping: false as const, epochs: 4, batch_size: 16, ...settings.training, shuffle: false };
  const trial = { model: { hidden: [5, 4], dropout: 0, ...settings.model }, training };
  const untrained = train(engine, data, { ...trial, training: { ...training, epochs: 1 } });
  const run = train(engine, data, trial);
  for await (const _ of run);
  const after = await run.model();
  await untrained.steps(0);
  const start = await untrained.parameters();
  const before = createModel({ ...after, members: [{ ...after.members[0], parameters: start }] });
  const rows = rowsOf(table);
  const { train: trained, validation } = data.sets;
  const some = (places: Uint32Array) => Array.from(places, (place) => rows[place]);
  return { before, after, rows: { train: some(trained), validation: held ? some(validation) : null } };
}

const trials: [name: string, kind: 'numbers' | 'two' | 'three', settings: TrialInput][] = [
  [
    'sgd',
    'numbers',
    { training: { optimizer: { kind: 'sgd', momentum: 0.9, nesterov: true, weight_decay: 0.1 }, l1: 0.01, l2: 0.02 } },
  ],
  [
    'rmsprop',
    'numbers',
    { training: { optimizer: { kind: 'rmsprop', momentum: 0.5 }, loss: 'huber', clip_norm: 0.1 } },
  ],
  ['adam', 'three', { training: { optimizer: { kind: 'adam' }, label_smoothing: 0.1 } }],
  [
    'adamw',
    'two',
    { training: { optimizer: { kind: 'adamw', learning_rate: 0.01, weight_decay: 0.2 }, label_smoothing: 0.1 } },
  ],
  [
    'the perceptron rule',
    'two',
    { model: { hidden: [] }, training: { loss: 'perceptron', optimizer: { kind: 'sgd' } } },
  ],
  [
    'a periodic layer',
    'numbers',
    {
      model: { embedding: { kind: 'periodic', frequencies: 3, scale: 0.3, learning_rate_factor: 0.2 } },
      training: { loss: 'mae' },
    },
  ],
  [
    'early stopping',
    'numbers',
    {
      training: {
        epochs: 60,
        optimizer: { kind: 'sgd', learning_rate: 0.4 },
        early_stopping: { patience: 3 },
        loss: 'half_mse',
      },
    },
  ],
  ['a plateau of the loss', 'two', { training: { epochs: 60, loss: 'mse', loss_plateau: { tolerance: 1e-3 } } }],
  [
    'reduce_on_plateau',
    'numbers',
    {
      training: {
        epochs: 12,
        optimizer: { kind: 'sgd', learning_rate: 0.6 },
        schedule: { kind: 'reduce_on_plateau', plateau: 1, factor: 0.5 },
      },
    },
  ],
  ...(['step', 'exponential', 'cosine', 'linear', 'flat_cosine'] as const).map(
    (kind): [string, 'numbers', TrialInput] => [
      kind,
      'numbers',
      {
        training: {
          schedule: { kind, warmup: 0.6, ...(kind === 'step' ? { every: 2 } : {}) },
          optimizer: { kind: 'sgd', learning_rate: 0.1 },
        },
      },
    ],
  ),
  ['coslog4', 'numbers', { training: { schedule: { kind: 'coslog4' } } }],
];

describe.skipIf(!python)('in Python', () => {
  it('answers as the model does, from every kind of column, layer and answer', () => {
    cases.forEach(({ model, table }, index) => {
      writeInto(`case_${index}`, model, rowsOf(table));
    });
    const program = inFolders('case', cases.length, 'answers.append(model.Model().predict(rows))');
    const given = runPython<(Answer & { targets: Record<string, Answer> })[][]>(python as string, program, folder);
    const distances = cases.map(({ name, model, table }, index) => {
      const each = model.preprocessing.targets.map(({ column }, _, { length }) =>
        farthest(
          length === 1 ? given[index] : given[index].map(({ targets }) => targets[column]),
          answersOf(model, table).map((answer) => answer[column]),
          1e-6,
        ),
      );
      return { name, distance: Math.max(...each) };
    });
    expect(distances.filter(({ distance }) => !(distance <= 1e-6))).toEqual([]);
  });

  it('goes on training as the reference does, and writes a file that is read', async () => {
    const trained = await Promise.all(trials.map(([, kind, settings]) => trainedBy(settings, kind)));
    trained.forEach(({ before, rows }, index) => {
      writeInto(`trial_${index}`, before, rows);
    });
    const work = `m = model.Model(); history = train.train(m, rows["train"], rows["validation"], report=lambda *_: None)
    m.save(f"{folder}/after.safetensors"); answers.append(len(history[0]))`;
    const epochs = runPython<number[]>(python as string, inFolders('trial', trials.length, work), folder);
    const found = trained.map(({ before, after }, index) => {
      const read = loadModel(readFileSync(join(folder, `trial_${index}`, 'after.safetensors')));
      const [start, own, wanted] = [before, read, after].map(({ members: [{ parameters }] }) => parameters);
      const distance = Math.max(...own.map((value, at) => Math.abs(value - wanted[at])));
      const way = Math.max(...start.map((value, at) => Math.abs(value - wanted[at])));
      return { trial: trials[index][0], epochs: epochs[index], wanted: after.origin.epochs_run, share: distance / way };
    });
    expect(found.filter(({ share }) => !(share <= 1e-4))).toEqual([]);
    expect(found.map((one) => one.epochs)).toEqual(found.map(({ wanted }) => wanted));
  });

  it('takes the cells that Python has, and says which it cannot read', () => {
    const { model, table } = cases.find(({ name }) => name === 'numbers by scale') as (typeof cases)[number];
    const whole = { ...rowsOf(table)[0], ...usualRow };
    writeInto('cells_0', model, whole);
    const work = `
    import datetime, math
    m = model.Model()
    class Frame:
        def to_dict(self, orient): return [rows]
    class Scalar(float):
        def item(self): return float(self)
    same = [{"width": " 0.25 ", "ties": "2e0"}, {"ties": Scalar(2)}, {"day": datetime.date(2021, 3, 4)}, {"day": datetime.datetime(2021, 3, 4)},
            {"day": "2021-3-4T09:00+09:00"}, {"kind": " \u00e9lan  VITAL "}, {"kind": "E\u0301lan vital", "wet": True}]
    alike = [m.predict([{**rows, **changes}]) == m.predict(Frame()) for changes in same]
    missing = [m.predict([{**rows, column: cell}]) == m.predict([{**rows, column: None}]) for column in rows for cell in ("", math.nan)]
    refused = []
    for changes in [{"width": "0,25"}, {"width": "12 kg"}, {"width": math.inf}, {"day": "31.12.2021"}, {"day": 3}]:
        try: m.predict([rows, {**rows, **changes}])
        except ValueError as error: refused.append(str(error))
    try: m.predict([{"wdith": 1}])
    except ValueError as error: refused.append(str(error))
    def values(rows):
        try: return [answer["value"] for answer in m.predict(rows)]
        except ValueError: return None
    unusual = [{**rows, column: cell} for column, cell in json.loads(${JSON.stringify(JSON.stringify(unusualCells))})]
    unusual = [[values([rows, row]), values([row])] for row in unusual]
    answers = [alike, missing, refused, m.predict([]), unusual]`;
    const answers = runPython<unknown[]>(python as string, inFolders('cells', 1, work), folder);
    const [alike, missing, refused, none, unusual] = answers as [boolean[], boolean[], string[], unknown[], unknown[]];
    expect([...alike, ...missing]).toEqual(Array(7 + 14).fill(true));
    expect(refused).toEqual([
      "row 2, column 'width': '0,25' is no number such as 1234.5",
      "row 2, column 'width': '12 kg' is no number such as 1234.5",
      "row 2, column 'width': inf is no number such as 1234.5",
      "row 2, column 'day': '31.12.2021' is no date such as 2024-05-31",
      "row 2, column 'day': 3 is no date such as 2024-05-31",
      "no row has the column 'width'; row 1 has ['wdith']",
    ]);
    expect(none).toEqual([]);
    expect(unusual).toEqual(answersToUnusual(model, whole));
  });
});

const plainPython = findPython('json');

/** In a Python without torch: what is asked for is called, not what it computes. */
it.skipIf(!plainPython)('knows every optimizer, schedule and loss, and names what it does not know', () => {
  const data = prepare(tableOf({ a: range(30), y: range(30).map(Math.sin) }), { target: 'y', split: { train: 1 } });
  writeInto('kinds', untrained(data), []);
  const optimizers = optimizerNames.map((kind) => optimizerSettings.parse({ kind }));
  const schedules = scheduleNames.map((kind) => scheduleSettings.parse({ kind }));
  const asked = JSON.stringify(JSON.stringify({ optimizers, schedules, losses: lossNames }));
  const program = `
import json, sys
from unittest.mock import MagicMock
for name in ("torch", "torch.nn", "torch.nn.functional", "model"):
    sys.modules[name] = MagicMock()
sys.path.insert(0, "kinds")
import train
asked = json.loads(${asked})
def made(kind):
    torch = train.torch.optim = MagicMock()
    train.optimizer_of(kind, [])
    return torch.method_calls[0][0]
def refusal(call):
    try: call()
    except ValueError as error: return str(error)
optimizers = [made(kind) for kind in asked["optimizers"]]
factors = [train.factor_of(kind, 10, 4, 30) for kind in asked["schedules"]]
for loss in asked["losses"]: train.loss_of(loss, MagicMock(), MagicMock(), MagicMock())
lion, sine = {"kind": "lion", "learning_rate": 1}, {"kind": "sine"}
refused = [refusal(lambda: train.optimizer_of(lion, [])), refusal(lambda: train.factor_of(sine, 9, 9, 9)), refusal(lambda: train.loss_of("hinge", MagicMock(), 0, 0))]
print(json.dumps([optimizers, len(factors), refused]))`;
  const [made, factors, refused] = runPython<[string[], number, string[]]>(plainPython as string, program, folder);
  expect(made).toEqual(['SGD', 'RMSprop', 'Adam', 'Adam']);
  expect(factors).toBe(scheduleNames.length);
  expect(refused).toEqual([
    "this program has no optimizer 'lion'; choose another in SETTINGS, or write it in optimizer_of",
    "this program has no schedule 'sine'; choose another in SETTINGS, or write it in factor_of",
    "this program has no loss 'hinge'; choose another in SETTINGS, or write it in loss_of",
  ]);
});

it('holds the description and the settings as JSON, whatever the names, and the file of the model', () => {
  const odd = '"""\\"\'\n\u2028#';
  const table = tableOf({ [odd]: range(30).map(Math.sin), y: range(30).map((row) => (row % 2 ? odd : 'b')) });
  const model = untrained(prepare(table, { target: 'y', split: { train: 1 } }));
  const files = toPyTorch(model);
  const [described, settings] = [files['model.py'], files['train.py']].map((bytes) => {
    const text = new TextDecoder().decode(bytes);
    return JSON.parse(/r"""\n(.*?)\n"""/s.exec(text)?.[1] ?? '');
  });
  expect(described.outputs).toEqual(describeModel(model).outputs);
  expect(described.inputs[0].column).toBe(odd);
  expect(settings[0].training).toEqual(model.members[0].settings.training);
  expect(files['model.safetensors']).toEqual(saveModel(model));
});
