import type { AllTexts } from '../../all.ts';

export const baseModel: AllTexts['baseModel'] = {
  trainOn: '이 모델에서 이어서 학습',
  nextRun: (name) => `다음 학습은 ${name}에서 이어집니다.`,
  goesOnFrom: (name) => `모델 ${name}에서 이어서 학습`,
  keeps: '모델의 열과 신경망, 손실 함수는 그대로입니다. 나머지는 고를 수 있고, 낮은 학습률과 적은 에포크가 알맞습니다.',
  beginAnew: '처음부터 학습하기',
  ofLink: (name) =>
    `이 링크의 학습은 모델 ${name}에서 이어서 한 것인데, 링크에는 모델이 담기지 않아 처음부터 다시 시작합니다. 그대로 되풀이하려면 예측에서 그 모델을 불러와 이어서 학습하세요.`,
  runGoesOnFrom: (name) => `이 학습은 모델 ${name}에서 이어서 한 것입니다.`,
};
