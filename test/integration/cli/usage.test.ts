/** What the command says of bad usage and bad input, and its help. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal, folder, lab, quick } from '../../support/commands/cli.ts';

beforeAll(() => copyFileSync(join(folder, 'curve.csv'), join(folder, '-curve.csv')));

describe('bad usage and bad input', () => {
  it.each<[words: string, message: string | RegExp]>([
    ['train none.csv --target y', 'none.csv: no such file.'],
    ['train . --target y', '.: is a folder, not a file.'],
    ['train curve.csv --target yy', '--target: curve.csv has no column "yy", only x, y (did you mean y?).'],
    ['train curve.csv', '--target: is missing; name the column to predict: x or y.'],
    [
      'train text.csv --target y --task regression',
      'text.csv, row 3, column "y": "abc" is no number, and regression predicts numbers; correct the cell, or set task to classification.',
    ],
    [
      'train text.csv --target y --types x=dat',
      '--types: x: "dat" is not known; choose number, integer, boolean, category, date, identifier or text (did you mean date?).',
    ],
    ['train header.csv --target y', /^header\.csv has a header row and nothing below it; /],
    ['train nothing.csv --target y', /^nothing\.csv is empty; /],
    [
      'train curve.csv --target y --learning_rate -1',
      '--learning_rate: -1 is too small; give a value above 0 (default 0.001).',
    ],
    [
      'train curve.csv --target y --schedule.every 3',
      '--schedule.every: belongs to --schedule step; the schedule is constant.',
    ],
    [
      'train curve.csv --target y --loss perceptron --scaling none',
      '--loss: perceptron needs targets from 0 to 1; column "y" has 19.294: set loss to mse, or task to classification.',
    ],
    [
      'train curve.csv --target y --loss softmax_cross_entropy',
      '--loss: softmax_cross_entropy needs two targets or more, one for each class.',
    ],
    ['train curve.csv --target y --hidden 0', /^--hidden: 0 is too small; give a value of at least 1/],
    [
      'train curve.csv --target y --learning_rat 1',
      'There is no option `--learning_rat` (did you mean --learning_rate?); --help lists them all.',
    ],
    ['train curve.csv --target y -x', 'There is no option `-x`; --help lists them all.'],
    ['train curve.csv --target y --epochs', '--epochs: needs a value, --epochs <n>.'],
    ['train curve.csv --target --epochs 3', '--target: needs a value, --target <column>.'],
    ['train curve.csv --target y --early-stopping.patience --epochs 3', /^--early_stopping\.patience: needs a value/],
    [
      'train -curve.csv --target y',
      'There is no option `-curve.csv`; the file of this name is written ./-curve.csv here.',
    ],
    [
      'predict curve.csv curve.csv',
      'curve.csv: is named as a table, where a model is wanted: a .safetensors or .onnx file, or its folder.',
    ],
    ['train curve.csv --target y --out -', '--out -: is a folder here, and no standard output; name one.'],
    ['train curve.csv more.csv --target y', /^train: `more\.csv` is one word too many; /],
    ['train curve.csv --target y --engine gpu', /^--engine: "gpu" is not known; /],
    ['train curve.csv --target y --out curve.csv', '--out curve.csv: is a file, not a folder.'],
    ['queue', '--queue: is missing; write --queue <url>.'],
    ['train', 'FILE is missing; --help shows how the command is written.'],
    ['trian curve.csv', 'There is no command `trian` (did you mean train?); see perceptron-lab --help.'],
    ['--none', 'There is no option `--none`; --help lists them all.'],
  ])('%s', async (words, message) => {
    await expectRefusal(words, message);
  });

  it('speaks Korean with --lang ko, before or after the command', async () => {
    const message = 'header.csv에는 머리글 행만 있고 그 아래에 아무것도 없습니다. 숫자 행을 더하세요.';
    await expectRefusal('train header.csv --target y --lang ko', message);
    await expectRefusal('--lang=ko train header.csv --target y', message);
    await expectRefusal('train header.csv --lang fr', '--lang: "fr" is not known; choose en or ko.');
    await expectRefusal('describe --lang', '--lang: "" is not known; choose en or ko.');
  });

  it.each([
    ['train none.csv --target y', 'none.csv: 그런 파일이 없습니다.'],
    ['train curve.csv', '--target: 빠져 있습니다. 예측할 열의 이름을 주세요. 열: x 또는 y.'],
    ['train curve.csv --target y -x', '`-x`(이)라는 옵션은 없습니다. 모든 옵션은 --help에 있습니다.'],
    ['train curve.csv --target y --epochs', '--epochs: 값이 있어야 합니다. --epochs <n>처럼 쓰세요.'],
    ['train', 'FILE이(가) 빠져 있습니다. 명령을 쓰는 법은 --help에 있습니다.'],
    ['trian curve.csv', '`trian`(이)라는 명령은 없습니다 (혹시 train?). perceptron-lab --help를 보세요.'],
    ['sweep curve.csv text.csv --target y', /^text\.csv: JSON이 아닙니다\(/],
    ['train curve.csv --target y --out curve.csv', '--out curve.csv: 폴더가 아니라 파일입니다.'],
    ['train curve.csv --target y --out -', '--out -: 여기서는 표준 출력이 아니라 폴더입니다. 폴더의 이름을 주세요.'],
    ['evaluate curve.csv curve.csv', /^curve\.csv: 이름이 표의 것인데, /],
  ])('is refused in Korean: %s', async (words, message) => {
    await expectRefusal(`${words} --lang ko`, message);
  });

  it('says results in Korean, and JSON in English', async () => {
    const train = `train curve.csv --target y ${quick} --lang ko`;
    const { code, out, err } = await lab(`${train} --out korean`);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^데이터 +curve\.csv: 행 60개\(학습 36, 검증 12, 테스트 12\)\n목표 +y, 쓰는 열: x\n신경망 /);
    expect(out).toMatch(/\n에포크 3개를 모두 학습했습니다\. 검증 손실은 에포크 \d에서 가장 낮았습니다\./);
    expect(out).toContain('y의 단위. 기준선은 언제나 학습 행의 평균으로 답합니다.');
    expect(out).toMatch(/\n쓴 파일 +korean/);
    expect(out).toMatch(/ plain 계획\(CPU에는\s+다른\s+계획이\s+없습니다\)/);
    const { explanation, engine } = JSON.parse((await lab(`${train} --json`)).out);
    expect(explanation).toBe('Trained all 3 epochs.');
    expect(engine.plan_why).toBe('the CPU has no other');
    expect((await lab('predict korean curve.csv --out answers.csv --lang ko')).out).toBe(
      'answers.csv에 predicted_y 열과 함께 행 60개를 썼습니다.\n',
    );
    expect((await lab('evaluate korean curve.csv --lang ko')).out).toContain('curve.csv: y을(를) 아는 행 60개');
    expect((await lab('doctor --lang ko')).out).toMatch(/\n컴퓨터 +.*코어 \d+개, 메모리 /);
  });

  it('shows the stack with --verbose', async () => {
    const { code, err } = await lab('train none.csv --target y --verbose');
    expect(code).toBe(2);
    expect(err).toMatch(/^InputError: none\.csv: no such file\.\n +at /);
  });
});

describe('help', () => {
  it('is on standard output, at most 100 columns wide, with every setting in it', async () => {
    const { code, out, err } = await lab('train --help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    for (const word of [
      '--learning_rate <x>',
      '--split.seed <n>',
      '--activation <name,...>',
      'default 0.01 (sgd, rmsprop) or 0.001 (adam,',
      'sgd or rmsprop only; 0 to below 1; default 0',
      'above 0; off unless given',
      '--schedule.factor <x>',
      'default 0.1 (step, reduce_on_plateau) or 0.95 (exponential)',
      '--early_stopping [',
    ]) {
      expect(out).toContain(word);
    }
    const headings = out.split('\n').filter((line) => /^[A-Z]\w+:$/.test(line));
    expect(headings).toEqual([
      'Arguments:',
      'Data:',
      'Network:',
      'Training:',
      'Optimizer:',
      'Schedule:',
      'Stopping:',
      'Reading:',
      'Run:',
      'Options:',
      'Examples:',
    ]);
    expect((await lab('help train')).out).toBe(out);
  });

  it('gives the version', async () => {
    const { code, out } = await lab('--version');
    expect(code).toBe(0);
    expect(out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
