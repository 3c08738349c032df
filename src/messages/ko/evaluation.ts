import type { Translation } from '../../util/message.ts';
import type { evaluation as english } from '../en/evaluation.ts';

const advice = {
  stop: '조기 종료를 켜면 가장 좋은 에포크가 남습니다.',
  monitor: 'early_stopping.monitor 설정을 validation_loss(으)로 바꾸세요.',
  restore: 'early_stopping.restore_best 설정을 true(으)로 바꾸세요.',
};

export const evaluation: Translation<typeof english> = {
  overfitted: (p) =>
    `전체 ${p.epochs} 에포크 중 ${p.epoch}번째부터 검증이 나빠졌습니다. 검증 손실이 그때는 ${p.best_loss}, 끝에는 ${p.last_loss}입니다. ${advice[p.advice]}`,
  importance_rows: ({ count }) => `중요도를 재려면 섞을 행이 2개 이상 있어야 하는데 ${count}개뿐입니다.`,
  not_learned_from: ({ column }) => `모델은 ${JSON.stringify(column)} 열에서 배우지 않습니다.`,
};
