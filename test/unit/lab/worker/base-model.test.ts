/** Runs of the page's worker that go on from a model: as `train --from` of the command line, kept with the model, refused by name. */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Reply, Source } from '../../../../src/lab/protocol/messages.ts';
import { Lab } from '../../../../src/lab/worker/lab.ts';
import type * as Stores from '../../../../src/lab/worker/storage/store.ts';
import { loadModel } from '../../../../src/model/file/load-model.ts';
import { saveModel } from '../../../../src/model/model.ts';
import { checkTrial } from '../../../../src/spec/check.ts';
import type { TrialInput } from '../../../../src/spec/settings.ts';
import { InputError, saidBy } from '../../../../src/util/errors.ts';
import { inEnglish } from '../../../../src/util/message.ts';
import { enterScratch, leaveScratch, run } from '../../../support/commands/command.ts';
import { lastingStore } from '../../../support/lab/lasting-store.ts';
import { updatesOf } from '../../../support/lab/updates.ts';
import { exportCases } from '../../../support/models/exported-models.ts';

const browser = { store: lastingStore() };
vi.mock('../../../../src/lab/worker/storage/store.ts', async (original) => ({
  ...(await original<typeof Stores>()),
  openStore: async () => browser.store,
}));

const text = (columns: string, rows: (row: number) => string) =>
  [columns, ...Array.from({ length: 48 }, (_, row) => rows(row))].join('\n');
const first = text('a,colour,b', (row) => `${row % 9},${['red', 'blue'][row % 2]},${(row % 9) * 2 + (row % 2)}`);
/** Other rows, with a column that the model does not know, and a colour that it has not seen. */
const more = text('b,extra,colour,a', (row) => `${row % 7},${row},${['red', 'green'][row % 2]},${row % 5}`);

beforeAll(async () => {
  enterScratch();
  // Afterwards: the command line finds out what it runs on.
  writeFileSync('first.csv', `${first}\n`);
  writeFileSync('more.csv', `${more}\n`);
  const settings = '--engine reference --hidden 5 --activation tanh --epochs 4 --early_stopping false --refit false';
  expect(await run(`train first.csv --target b ${settings} --out base --quiet`)).toMatchObject({ code: 0 });
  // Node 20 has none.
  vi.stubGlobal('navigator', { userAgent: 'Chrome/1.0' });
  vi.spyOn(console, 'info').mockImplementation(() => {});
});
afterAll(() => leaveScratch());

const labs: Lab[] = [];
beforeEach(() => {
  browser.store = lastingStore();
});
afterEach(() => {
  for (const lab of labs.splice(0)) lab.pause();
});

function worker() {
  const lab = new Lab();
  labs.push(lab);
  return { lab, ...updatesOf(lab) };
}

async function had<Value>(reply: Promise<Reply<Value>>): Promise<Value> {
  const answer = await reply;
  if (!answer.ok) throw new InputError(answer.problem.message);
  return answer.value;
}

const refused = (work: Promise<unknown>) => work.then(String, (error: unknown) => inEnglish(saidBy(error)));

const modelFile = () => readFileSync('base/model.safetensors');
const base = () => new File([modelFile()], 'base.safetensors');
const moreRows: Source = { name: 'more.csv', text: `${more}\n` };
const split = { train: 0.5, validation: 0.25, test: 0.25 };
const training = {
  epochs: 6,
  batch_size: 8,
  seed: 3,
  early_stopping: false,
  optimizer: { kind: 'adam', learning_rate: 0.01 },
} satisfies TrialInput['training'];

/** A run that goes on from the model, at epoch 0. */
async function begun(file = base(), table = moreRows) {
  const here = worker();
  const { lab } = here;
  await lab.keeping.claim('tab');
  await had(lab.open(table, {}));
  await had(lab.predictions.load([file]));
  const choice = await had(lab.trainFrom({ name: file.name }, { split }));
  const trial = checkTrial({ model: choice.model, training: { ...training, loss: choice.loss } });
  const request = { trial, data: choice.data, engine: 'reference' as const, from: choice.from };
  return { ...here, choice, request, run: await had(lab.start(request)) };
}

async function ended({ lab, until }: Pick<Awaited<ReturnType<typeof begun>>, 'lab' | 'until'>, id: number) {
  lab.play();
  await until(({ run, outcome, metrics }) => run === id && outcome !== null && metrics !== null);
  return loadModel(await lab.model(), 'model');
}

describe('a run that goes on from a model', () => {
  test('has the numbers of the command line, to the last bit, and names the model as it does', async () => {
    const asked = '--split 0.5,0.25,0.25 --epochs 6 --batch_size 8 --seed 3 --early_stopping false';
    const line = `train more.csv --from base/model.safetensors --engine reference ${asked} --optimizer adam --learning_rate 0.01`;
    expect(await run(`${line} --refit false --out tuned --quiet`)).toMatchObject({ code: 0, err: '' });
    const theirs = loadModel(readFileSync('tuned/model.safetensors'), 'tuned');
    const here = await begun();
    const ours = await ended(here, here.run.id);
    expect(ours.members[0].parameters).toEqual(theirs.members[0].parameters);
    expect(ours.preprocessing).toEqual(theirs.preprocessing);
    expect(ours.preprocessing).toEqual(loadModel(modelFile(), 'base').preprocessing);
    expect(ours.origin.metrics).toEqual(theirs.origin.metrics);
    const { parameters } = theirs.origin.from as { parameters: string };
    expect(ours.origin.from).toEqual({ name: 'base.safetensors', parameters });
    const history = here.told.flatMap(({ records }) => records).map(({ train_loss }) => train_loss);
    const [head, ...lines] = readFileSync('tuned/history.csv', 'utf8').trim().split('\n');
    const place = head.split(',').indexOf('train_loss');
    expect(history).toEqual(lines.map((written) => Number(written.split(',')[place])));
  });

  test('begins with the parameters of the model, whatever its seed', async () => {
    const { lab, run: view } = await begun();
    expect(loadModel(await lab.model(), 'now').members[0].parameters).toEqual(
      loadModel(modelFile(), 'base').members[0].parameters,
    );
    expect(view.trial).not.toHaveProperty('initial_parameters');
    expect(view.initial).not.toHaveProperty('initial_parameters');
    expect(view.trial.model.hidden).toEqual([5]);
    expect(view.data).toMatchObject({ target: 'b', features: ['a', 'colour'] });
  });

  test('says so in its report, with a command that repeats it', async () => {
    const here = await begun();
    await ended(here, here.run.id);
    const report = (await here.lab.reportPage('')).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
    expect(report).toMatch(/went on from base\.safetensors/);
    const [command = ''] = report.match(/perceptron-lab train more\.csv --from base\.safetensors [-\w., ]*/) ?? [];
    expect(command).toContain('--split.train 0.5');
    expect(command).not.toMatch(/--(hidden|activation|target|loss|types|ignore)/);
  });

  test('comes back with a page that is opened again, and goes on with the same bits', async () => {
    const whole = await begun();
    const straight = await ended(whole, whole.run.id);
    browser.store = lastingStore();
    const { lab, until } = await begun();
    for (const epoch of [1, 2]) {
      lab.step();
      await until(({ state, records }) => state === 'paused' && records.some(({ number }) => number === epoch));
    }
    await lab.keeping.now();
    const again = worker();
    await again.lab.keeping.claim('tab');
    const recalled = await had(again.lab.recall('tab'));
    expect(recalled).toMatchObject({
      settings: { from: { name: 'base.safetensors' } },
      run: { data: { target: 'b' } },
    });
    await again.lab.goOn(false);
    const resumed = await ended(again, recalled?.run?.id ?? -1);
    expect(resumed.members[0].parameters).toEqual(straight.members[0].parameters);
    expect(resumed.origin.from).toEqual(straight.origin.from);
    // And what is begun anew with its settings has the model too.
    const { trial, data, from } = recalled?.settings ?? whole.request;
    const anew = await had(again.lab.start({ trial, data, engine: 'reference', from }));
    expect((await ended(again, anew.id)).members[0].parameters).toEqual(straight.members[0].parameters);
  });

  test('is opened again by hand, and answers as it did', async () => {
    const here = await begun();
    await ended(here, here.run.id);
    await here.lab.keeping.now();
    const { lab } = here;
    await had(lab.open({ name: 'first.csv', text: first }, { target: 'b' }));
    await had(lab.start({ trial: checkTrial({ model: { hidden: [2] } }), data: { target: 'b' }, engine: 'reference' }));
    const views = await had(lab.storedViews(here.run.key));
    expect(views?.data).toMatchObject({ name: 'more.csv', features: ['a', 'colour'] });
    const { run: opened } = await had(lab.openRun(here.run.key));
    expect(opened?.data).toMatchObject({ name: 'more.csv', features: ['a', 'colour'] });
  });

  test('is refused in one line where the model is not kept any more', async () => {
    const { request } = await begun();
    browser.store = lastingStore();
    const { lab } = worker();
    await had(lab.open(moreRows, {}));
    const reply = await lab.start(request);
    expect(reply).toMatchObject({ ok: false, problem: { where: 'from', message: { code: 'base_missing' } } });
  });
});

describe('a table that does not suit the model', () => {
  const refusal = async (table: string) => {
    const { lab } = worker();
    await had(lab.open({ name: 'other.csv', text: table }, {}));
    await had(lab.predictions.load([base()]));
    return refused(had(lab.trainFrom({ name: 'base.safetensors' }, {})));
  };

  test.each([
    [
      'lacks a column',
      text('colour,b', (row) => `${['red', 'blue'][row % 2]},${row % 7}`),
      /^other\.csv lacks a column of the model: "a"; it has colour, b\.$/,
    ],
    [
      'lacks the target',
      text('a,colour', (row) => `${row % 7},${['red', 'blue'][row % 2]}`),
      /^other\.csv lacks a column of the model: "b"; it has a, colour\.$/,
    ],
    ['has words for numbers', text('a,colour,b', (row) => `x${row % 7},red,${row}`), /column "a": "x0" is no number/],
    ['has words for the target', text('a,colour,b', (row) => `${row},red,y${row % 2}`), /"y0" is no number/],
  ])('%s is refused as the command line refuses it', async (_, table, said) => {
    const ours = await refusal(table);
    expect(ours).toMatch(said);
    writeFileSync('other.csv', `${table}\n`);
    const { err } = await run('train other.csv --from base/model.safetensors --engine reference --epochs 1');
    expect(err.trim()).toBe(ours);
  });

  test('has classes that the model does not know', async () => {
    const kinds = (names: string[]) => text('a,kind', (row) => `${row % 9},${names[row % names.length]}`);
    const { lab } = worker();
    await had(lab.open({ name: 'kinds.csv', text: kinds(['one', 'two']) }, { target: 'kind' }));
    await had(
      lab.start({ trial: checkTrial({ model: { hidden: [2] } }), data: { target: 'kind' }, engine: 'reference' }),
    );
    const choice = await had(lab.trainFrom({ name: 'the run' }, {}));
    await had(lab.open({ name: 'more.csv', text: kinds(['one', 'two', 'three']) }, { target: 'kind' }));
    expect(await refused(had(lab.trainFrom(choice.from, {})))).toMatch(/"three".*one.*two/);
  });
});

test.each([
  ['an average of several networks', ({ members }: { members: readonly object[] }) => members.length > 1, /average of/],
  [
    'layers that no setting makes',
    ({ members }: { members: readonly object[] }) =>
      members.length === 1 && JSON.stringify(members[0]).includes('"scale","'),
    /scale layer/,
  ],
])('a model with %s is not gone on from', async (_, is, said) => {
  const found = exportCases().find(({ model }) => is(model as never));
  if (!found) throw new Error('no such model');
  const { lab } = worker();
  await had(lab.open(moreRows, {}));
  await had(lab.predictions.load([new File([saveModel(found.model)], 'model.safetensors')]));
  expect(await refused(had(lab.trainFrom({ name: 'model' }, {})))).toMatch(said);
});
