/** The file of a lesson: what it may say, and the one line that is said of one that is wrong. */
import { describe, expect, it } from 'vitest';
import { isLesson } from '../../../../src/lab/lessons/format.ts';
import { parseLesson, readLesson } from '../../../../src/lab/lessons/read.ts';
import { checkTrial } from '../../../../src/spec/check.ts';
import { InputError } from '../../../../src/util/errors.ts';

const file = 'mine.json';
const step = { title: 'One', text: 'Look.' };
const least = { format: 'perceptron-lab lesson', version: 1, title: 'Mine', table: { sample: 'curve' }, steps: [step] };

/** What is said of a lesson that is refused. */
function refusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  throw new Error('it was not refused');
}

const parse = (value: unknown) => parseLesson(JSON.stringify(value), file);
const said = (changes: object) => refusal(() => parse({ ...least, ...changes }));
const saidOfStep = (changes: object) => said({ steps: [step, { ...step, ...changes }] });
const start = `The lesson ${file} was not opened: `;

describe('the settings of a step', () => {
  it('are the first defaults where neither lesson nor step says anything', () => {
    expect(checkTrial(parse(least).steps[0].trial)).toMatchObject({
      model: { hidden: [64, 64], activation: 'tanh' },
      training: { batch_size: 16, epochs: 200, optimizer: { kind: 'adam' } },
    });
  });

  it('lie over those of the lesson, a group that says its kind as a whole', () => {
    const settings = {
      model: { hidden: [8], activation: 'relu' },
      training: { epochs: 5, optimizer: { kind: 'adam', learning_rate: 0.5, betas: [0.8, 0.9] } },
    };
    const steps = [
      { ...step, settings: { model: { activation: 'tanh' }, training: { optimizer: { learning_rate: 0.25 } } } },
      { ...step, settings: { training: { optimizer: { kind: 'sgd' } } } },
    ];
    const [first, second] = parse({ ...least, settings, steps }).steps.map(({ trial }) => checkTrial(trial));
    expect(first.model).toMatchObject({ hidden: [8], activation: 'tanh' });
    expect(first.training.optimizer).toMatchObject({ kind: 'adam', learning_rate: 0.25, betas: [0.8, 0.9] });
    expect(second.training).toMatchObject({ epochs: 5, optimizer: { kind: 'sgd', learning_rate: 0.01 } });
  });
});

describe('a lesson that is wrong', () => {
  it.each<[string, () => string, string]>([
    ['no version', () => said({ version: 2 }), 'version: 2 is not known; choose 1.'],
    ['no title', () => said({ title: undefined }), 'title: is missing; give a text.'],
    ['a name of its own', () => said({ titel: 'x' }), 'there is no setting `titel` (did you mean title?).'],
    ['no steps', () => said({ steps: [] }), 'steps: give at least 1 value.'],
    ['no table', () => said({ table: { sample: 'or', file: 'a.csv' } }), 'table: give one of sample, link or file.'],
    [
      'a sample that is not there',
      () => said({ table: { sample: 'none' } }),
      'table.sample: "none" is not known; choose curve, or, xor, xor_noisy, spirals, moons, circles, blobs, penguins, seattle-weather or digits.',
    ],
    [
      'text without a name',
      () => said({ table: { sample: 'or', text: 'a' } }),
      'table.text: it needs table.file, the name of the table.',
    ],
    [
      'a formula of a measured table',
      () => said({ table: { sample: 'penguins', generate: { rows: 9 } } }),
      'table.generate: only a sample that is made by a formula has it.',
    ],
    ['another language', () => said({ title: { de: 'x' } }), 'title: there is no setting `de` here.'],
    ['no language', () => said({ title: {} }), 'title: give a value that is not empty.'],
    ['a long title', () => said({ title: 'x'.repeat(121) }), 'title: give at most 120 characters.'],
    [
      'a wrong setting of all steps',
      () => said({ settings: { training: { batch_size: 0 } } }),
      'training.batch_size: 0 is too small; give a value of at least 1 (default 16).',
    ],
    [
      'a wrong setting of one',
      () => saidOfStep({ settings: { model: { activation: 'rel' } } }),
      'step 2, model.activation: "rel" is not known; choose ',
    ],
    [
      'parameters',
      () => said({ settings: { initial_parameters: [1] } }),
      'settings: there is no setting `initial_parameters` here.',
    ],
    [
      'a view that is not there',
      () => saidOfStep({ view: 'histogram' }),
      'step 2, view: "histogram" is not known; choose fit, surface, residuals, roc, importance, dependence or inside.',
    ],
    ['a step without words', () => saidOfStep({ text: 5 }), 'step 2, text: 5 is not a text.'],
    [
      'a goal of no kind',
      () => saidOfStep({ wait: { kind: 'loss' } }),
      'step 2, wait.kind: "loss" is not known; choose end, epoch or score.',
    ],
    [
      'a score without a bound',
      () => saidOfStep({ wait: { kind: 'score', metric: 'rmse' } }),
      'step 2, wait.at_least: give either at_least or at_most.',
    ],
  ])('%s', (_, refused, sentence) => {
    expect(refused().slice(0, (start + sentence).length)).toBe(start + sentence);
  });

  it('is said in which line it is not JSON', () => {
    const text = JSON.stringify(least, null, 2).replace('"version": 1,', '"version": 1');
    expect(refusal(() => parseLesson(text, file))).toBe(`${start}it is not JSON from line 4, character 3, on.`);
  });
});

describe('a hostile file', () => {
  it('of 50 MB is not read', async () => {
    const read = readLesson(
      { size: 50e6, text: () => Promise.reject(new Error('it was read')) } as unknown as Blob,
      file,
    );
    await expect(read).rejects.toThrow(`${start}it has 50 MB, and a lesson at most 1 MB.`);
  });

  it.each([
    ['title', (deep: string) => `{"format":"perceptron-lab lesson","title":${deep}}`],
    [
      'settings',
      (deep: string) =>
        JSON.stringify({ ...least, settings: { model: { hidden: 0 } } }).replace('"hidden":0', `"hidden":${deep}`),
    ],
  ])('with lists within lists, as its %s, is refused in one line', (_, around) => {
    const deep = '['.repeat(400_000) + ']'.repeat(400_000);
    expect(refusal(() => parseLesson(around(deep), file))).toBe(`${start}it has groups within groups, over 12 deep.`);
  });

  it.each([
    ['__proto__', 'nothing in it may be called `__proto__`.'],
    ['constructor', 'model: there is no setting `constructor` here.'],
    ['prototype', 'model: there is no setting `prototype` here.'],
  ])('with the name %s changes no object', (name, why) => {
    const text = JSON.stringify({ ...least, settings: { model: {} } }).replace(
      '"model":{',
      `"model":{"${name}":{"polluted":1}`,
    );
    expect(refusal(() => parseLesson(text, file))).toBe(`${start}${why}`);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('with a name twice is refused, where JSON.parse would take the last', () => {
    const text = JSON.stringify(least).replace('{', '{"title":"another",');
    expect(refusal(() => parseLesson(text, file))).toBe(
      `${start}\`title\` is given twice in one group; keep one of them.`,
    );
  });

  it.each([{ value: null }, { value: 1 }, { value: 'x' }, { value: [] }, { value: [least] }])(
    'of $value alone is refused in one line',
    ({ value }) => {
      expect(refusal(() => parse(value)).split('\n')).toHaveLength(1);
    },
  );
});

it.each<[string, string, boolean]>([
  ['a.json', JSON.stringify(least), true],
  ['a.json', `\n  ${JSON.stringify(least, null, 2)}`, true],
  ['a.lesson.json', 'what it says is said of a lesson', true],
  ['a.json', '[{"format": "perceptron-lab lesson"}]', false],
  ['a.json', '{"rows": [{"a": 1}]}', false],
  ['a.csv', 'a,b\n1,2\n', false],
])('tells whether %s, with %j, is a lesson: %s', async (name, text, lesson) => {
  expect(await isLesson(new File([text], name))).toBe(lesson);
});
