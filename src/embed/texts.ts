/** What the element says, in the language of the page around it. */
import type { TrainerStatus } from './trainer.ts';

const english = {
  train: 'Train',
  pause: 'Pause',
  resume: 'Go on',
  again: 'Train again',
  stop: 'Stop',
  epoch: 'epoch',
  states: {
    idle: 'Not trained yet',
    preparing: 'Preparing the data',
    training: 'Training',
    paused: 'Paused',
    done: 'Trained',
    failed: 'Failed',
  } satisfies Record<TrainerStatus, string>,
  training: 'training',
  validation: 'validation',
  test: 'test',
  baseline: 'baseline',
  noLosses: 'Losses over the epochs; no epoch has ended yet.',
  losses: (first: string, last: string, epoch: number) =>
    `Losses over ${epoch} epochs: ${first} at first, ${last} now.`,
  accuracy: 'accuracy',
  logLoss: 'log loss',
  predict: 'Predict',
  interval: (low: string, high: string) => `${low} to ${high}`,
};

export type EmbedText = typeof english;

const korean: EmbedText = {
  train: '학습',
  pause: '일시 정지',
  resume: '계속',
  again: '다시 학습',
  stop: '중지',
  epoch: '에포크',
  states: {
    idle: '아직 학습하지 않음',
    preparing: '데이터 준비 중',
    training: '학습 중',
    paused: '일시 정지됨',
    done: '학습 완료',
    failed: '실패',
  },
  training: '학습',
  validation: '검증',
  test: '테스트',
  baseline: '기준선',
  noLosses: '에포크별 손실. 아직 끝난 에포크가 없습니다.',
  losses: (first, last, epoch) => `에포크 ${epoch}개의 손실: 처음 ${first}, 지금 ${last}.`,
  accuracy: '정확도',
  logLoss: '로그 손실',
  predict: '예측',
  interval: (low, high) => `${low}–${high}`,
};

/** By the `lang` of the element or of what is around it. */
export function textIn(element: Element): EmbedText {
  const lang = element.closest('[lang]')?.getAttribute('lang') ?? '';
  return lang.toLowerCase().startsWith('ko') ? korean : english;
}
