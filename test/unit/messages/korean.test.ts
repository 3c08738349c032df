/** What is refused and noticed, as it is said in Korean. */
import { describe, expect, it } from 'vitest';
import { preparing } from '../../../src/messages/en/tables/preparing.ts';
import { tables } from '../../../src/messages/en/tables/tables.ts';
import { ko } from '../../../src/messages/ko/index.ts';
import { checkData, checkTrial } from '../../../src/spec/check.ts';
import { checkSweep, listConfigurations } from '../../../src/sweep/definition/definition.ts';
import { InputError, saidBy } from '../../../src/util/errors.ts';
import { type Message, message, translator } from '../../../src/util/message.ts';

const korean = translator(ko);

describe('a setting', () => {
  it.each([
    [
      'in a combination',
      () => listConfigurations(checkSweep({ grid: { 'training.l1': [-1] } })),
      'training.l1: -1은(는) 너무 작습니다. 0 이상의 값을 주세요 (기본값 0). (조합: training.l1 = -1)',
    ],
    [
      'a log scale from 0',
      () => checkSweep({ random: { 'training.l1': { from: 0, to: 1, scale: 'log' } } }),
      'random.training.l1: 로그 척도는 0보다 큰 수에서 시작합니다.',
    ],
    [
      'too small',
      () => checkTrial({ training: { batch_size: 0 } }),
      'training.batch_size: 0은(는) 너무 작습니다. 1 이상의 값을 주세요 (기본값 16).',
    ],
    [
      'not whole',
      () => checkTrial({ training: { epochs: 1.5 } }),
      'training.epochs: 1.5은(는) 정수가 아닙니다 (기본값 200).',
    ],
    ['no number', () => checkTrial({ training: { l1: 'x' } }), 'training.l1: "x"은(는) 수가 아닙니다 (기본값 0).'],
    [
      'not finite',
      () => checkTrial({ training: { l1: Number.NaN } }),
      'training.l1: NaN은(는) 유한한 수가 아닙니다 (기본값 0).',
    ],
    ['no text', () => checkData({ target: 3 }), 'target: 3은(는) 텍스트가 아닙니다.'],
    ['a name missing', () => checkData({}), 'target: 빠져 있습니다. 필요한 값: 텍스트.'],
    [
      'an empty list',
      () => checkTrial({ model: { hidden: [0] } }),
      'model.hidden.0: 0은(는) 너무 작습니다. 1 이상의 값을 주세요.',
    ],
    [
      'another kind',
      () => checkTrial({ training: { optimizer: { kind: 'adm' } } }),
      'training.optimizer.kind: "adm"은(는) 알 수 없는 값입니다. sgd, rmsprop, adam 또는 adamw 중에서 고르세요 (혹시 adam?).',
    ],
    [
      'lists of another length',
      () => checkTrial({ model: { hidden: [4, 4], dropout: [0.1] } }),
      'model.dropout: 은닉층은 2개인데 값은 1개입니다. 모든 층에 하나, 또는 층마다 하나씩 주세요 (기본값 0.2).',
    ],
    [
      'no truth',
      () => checkTrial({ training: { shuffle: 1 } }),
      'training.shuffle: 1은(는) 참이나 거짓이 아닙니다 (기본값 true).',
    ],
    ['no list', () => checkTrial({ model: { hidden: 4 } }), 'model.hidden: 4은(는) 목록이 아닙니다 (기본값 [64,64]).'],
    ['no group', () => checkTrial({ model: 4 }), 'model: 4은(는) 설정의 묶음이 아닙니다.'],
    [
      'too many',
      () => checkTrial({ model: { hidden: Array(99).fill(1) } }),
      'model.hidden: 값을 64개 이하로 주세요 (기본값 [64,64]).',
    ],
    [
      'a group and a time',
      () => checkData({ target: 'y', split: { group: 'a', time: 'b' } }),
      'split: 그룹 열과 시간 열이 함께 행을 나눌 수는 없습니다. 하나만 주세요.',
    ],
    [
      'shares',
      () => checkData({ target: 'y', split: { train: 0.9, validation: 0.9, test: 0 } }),
      'split: 학습, 검증, 테스트 비율의 합이 1을 넘습니다.',
    ],
  ])('is refused in Korean: %s', async (_, refused, own) => {
    const problem = await Promise.resolve()
      .then<unknown>(refused)
      .catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(InputError);
    expect(korean(saidBy(problem) as Message)).toBe(own);
  });
});

describe('a finding', () => {
  const repeated = message(tables, 'type_words', { texts: 90, cells: 99 });
  const cell = { source: 'a.csv', row: 3, column: 'when' };
  const examples = [
    { row: 2, text: 'a' },
    { row: 4, text: 'b' },
  ];
  const said: [Message, korean: string][] = [
    [
      message(preparing, 'left_out_text', { column: 'name', why: repeated }),
      '"name" 열은 자유 텍스트로 보아 뺐습니다. 텍스트가 여러 단어이고 거의 되풀이되지 않습니다: 셀 99개에 서로 다른 텍스트 90개. 학습에 쓰려면 다른 종류를 주세요.',
    ],
    [
      message(tables, 'type_unclear', {
        column: 'id',
        why: message(tables, 'dates_unclear', { formats: [], either: false, count: 3, odd_text: 'x' }),
      }),
      '"id" 열: 날짜가 아닌 셀은 빠진 값으로 칩니다(3개, 예: "x").',
    ],
    [
      message(preparing, 'cell_not_number', { ...cell, text: 'abc' }),
      'a.csv의 3행 "when" 열: "abc"은(는) 학습 때와 달리 수가 아닙니다. 고치거나 비워 두세요.',
    ],
    [
      message(preparing, 'cell_not_date', { ...cell, source: '', text: 'x', format: 'yyyy-mm-dd' }),
      'when: "x"은(는) 학습 때와 달리 yyyy-mm-dd 형식의 날짜가 아닙니다. 고치거나 비워 두세요.',
    ],
    [
      message(tables, 'cell_of_other_type', {
        ...cell,
        text: 'x',
        column_type: 'date',
        formats: [{ format: 'yyyy-mm-dd', rows: 60 }],
      }),
      'a.csv의 3행 "when" 열: "x"은(는) 열의 종류와 달리 날짜가 아닙니다. 셀을 고치거나(2020-03-01처럼 쓰기) 열에 다른 종류를 주세요 (찾은 형식: yyyy-mm-dd이(가) 행 60개).',
    ],
    [
      message(preparing, 'row_without_time', { source: '', row: 3 }),
      '데이터의 3번째 행: 나누는 데 쓸 시간이 없습니다. 셀을 채우거나 행을 빼세요.',
    ],
    [
      message(preparing, 'class_absent', { name: 'a', count: 2, sets: ['train', 'test'] }),
      '클래스 "a"의 행은 2개인데, 학습 또는 테스트 행에는 하나도 없습니다.',
    ],
    [
      message(preparing, 'targets_missing', { columns: ['y'], count: 2000, rows: [2, 3] }),
      '목표 "y"의 값이 없는 행 2\u202f000개를 뺐습니다: 처음 것은 2, 3행.',
    ],
    [
      message(preparing, 'left_out_constants', { columns: ['a', 'b', 'c', 'd'] }),
      '모든 학습 행에서 값이 하나뿐인 열 4개를 뺐습니다: "a", "b", "c" 외 1개.',
    ],
    [
      message(tables, 'cells_without_number', { column: 'x', count: 2, examples }),
      '"x" 열: 수가 아닌 셀 2개를 빠진 값으로 칩니다. 예: 2행의 "a", 4행의 "b".',
    ],
    [
      message(preparing, 'cells_imputed', { column: 'x', count: 7, value_text: '"no"', rows: [3, 4] }),
      '"x" 열: 값이 없는 셀 7개에 "no"을(를) 넣습니다: 3, 4 외 5개 행.',
    ],
    [
      message(preparing, 'values_outside', {
        column: 'x',
        count: 2,
        from: '-1',
        to: '4.5',
        outside: [{ row: 2, text: '7' }],
      }),
      '"x" 열: 학습 범위 -1~4.5를 벗어난 값 2개. 예: 2행의 7.',
    ],
    [
      message(tables, 'units_mixed', {
        column: 'weight',
        units: [
          { name: 'kg', rows: 60 },
          { name: 'g', rows: 1 },
        ],
      }),
      '"weight" 열은 수의 단위가 서로 달라 텍스트로 둡니다. 단위는 바꾸지 않습니다("kg"이(가) 행 60개, "g"이(가) 행 1개). 모두 한 단위로 쓰세요.',
    ],
  ];
  it.each(said)('is said in Korean: $code', (one, own) => {
    expect(korean(one)).toBe(own);
  });
});
