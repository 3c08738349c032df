/** What is refused and noticed, as it is said in Korean. */
import { describe, expect, it } from 'vitest';
import { ko } from '../../../src/messages/ko/index.ts';
import { checkData, checkTrial } from '../../../src/spec/check.ts';
import { checkSweep, listConfigurations } from '../../../src/sweep/definition.ts';
import { InputError, saidBy } from '../../../src/util/errors.ts';
import { type Message, translator } from '../../../src/util/message.ts';

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
      'random.training.l1: 로그 눈금은 0보다 큰 수에서 시작합니다.',
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
    ['no text', () => checkData({ target: 3 }), 'target: 3은(는) 글이 아닙니다.'],
    ['a name missing', () => checkData({}), 'target: 빠져 있습니다. 필요한 값: 글.'],
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
      'model.dropout: 은닉층은 2개인데 값은 1개입니다. 모든 층에 하나, 또는 층마다 하나씩 주세요 (기본값 0).',
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
