import { figure } from '../../../util/format.ts';
import type { Translation } from '../../../util/message.ts';
import { count as whole } from '../../../util/thousands.ts';
import type { verdicts as english } from '../../en/training/verdicts.ts';
import { list } from '../words.ts';

const names = {
  rmse: 'RMSE',
  log_loss: '로그 손실',
  error_rate: '오답률',
  accuracy: '정확도',
  balanced_accuracy: '균형 정확도',
};
const parts = { train: '학습', validation: '검증', test: '테스트' };
const watches = { training: '학습', validation: '검증' };

const constant = (metric: string) => `늘 ${metric === 'rmse' ? '평균으로' : '가장 흔한 클래스로'} 답하면`;
const compared = (p: { metric: keyof typeof names; part: keyof typeof parts; own: number; baseline: number }) =>
  `${parts[p.part]} ${names[p.metric]} ${figure(p.own)}, ${constant(p.metric)} ${figure(p.baseline)}`;

const searched = '탐색(fit)은 설정을 스스로 찾고 선형 모형과 비교합니다.';
const notLearned = {
  few: ' 학습 행조차 더 잘 예측하지 못합니다.',
  all: ` 학습 행조차 더 잘 예측하지 못합니다. ${searched}`,
  held_out: ` 학습 행은 배웠지만 다른 행에도 맞는 것은 배우지 못했습니다. ${searched}`,
};

export const verdicts: Translation<typeof english> = {
  useful: (p) => `쓸모 있습니다: ${compared(p)}입니다.`,
  perhaps_useful: (p) =>
    `쓸모 있을 수 있습니다: ${compared(p)}입니다. 행 ${whole(p.count)}개로는 우연일 수도 있는 차이입니다.`,
  not_useful: (p) => `쓸모가 없습니다: ${compared(p)}입니다.${notLearned[p.unlearned]}`,
  learned_rows: (p) => `배웠습니다: ${compared(p)}입니다. 떼어 둔 행이 없어 새 행에 대해서는 아무것도 알 수 없습니다.`,
  given_away: ({ column }) =>
    `믿을 수 없습니다: ${JSON.stringify(column)} 열이 답을 알려 줍니다. 이 열을 뺀 점수만이 새 행에 대해 말해 줍니다.`,
  classes_missed: ({ missed, weighted }) =>
    `거의 예측되지 않는 클래스: ${list(missed)}. ${weighted ? '클래스 가중치는 이미 맞추어져 있습니다. 그 클래스의 행이 더 있으면 도움이 됩니다.' : '클래스 가중치(class_weights: balanced)를 쓰면 드문 클래스가 더 중요해지고, 그만큼 다른 클래스가 손해를 봅니다.'}`,
  still_falling: ({ epochs, watched }) =>
    `너무 일찍 멈췄습니다: 에포크 ${epochs}개의 끝에서도 ${watches[watched]} 손실이 줄고 있었습니다. 더 오래 학습하세요.`,
  memorized: ({ error, part, own, train_score, dropout }) =>
    `과적합: ${names[error]}이(가) 학습 행에서 ${figure(train_score)}, ${parts[part]} 행에서 ${figure(own)}입니다. ${dropout ? '드롭아웃을 늘리면 행 하나하나를 외우기 어려워집니다.' : searched}`,
  underfitted: ({ error, train_score, baseline }) =>
    `과소적합이거나 열이 말해 주는 것이 적습니다: 학습 행에서조차 ${names[error]}이(가) ${figure(train_score)}이고, ${constant(error)} ${figure(baseline)}입니다. ${searched}`,
};
