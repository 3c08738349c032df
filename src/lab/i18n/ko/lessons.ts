import type { Text } from '../text.ts';

export const lessons: Text['lessons'] = {
  titles: {
    or: '퍼셉트론이 OR를 배우다',
    xor: 'XOR는 못 배우지만 두 층이면 된다',
    activations: '곡선과 활성화 함수 네 가지',
    optimizers: 'SGD, 모멘텀, RMSprop, Adam',
    batches: '배치 크기',
    gradients: '기울기 소실과 시작값의 해법',
  },
  title: '수업',
  seeLesson: (title) => `수업: ${title}`,
  foundingReport: '출발점이 된 보고서…',
};
