import type { Text } from '../text.ts';

export const predict: Text['predict'] = {
  workerStopped: '워커가 멈췄습니다.',
  title: '예측',
  thereNoModelYet: '아직 모델이 없습니다.',
  withTheRun: '지금 상태의 학습으로',
  withModel: (name) => `${name}(으)로`,
  withEnsemble: ({ name, members }) => `${name}(으)로, 신경망 ${members}개의 평균`,
  backToRun: '지금 학습으로 돌아가기',
  loadModel: '모델 불러오기…',
  usualRow: '보통의 행',
  moreColumns: (rest) => `열 ${rest}개 더`,
};
