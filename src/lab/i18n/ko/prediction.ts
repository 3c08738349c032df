import type { AllTexts } from '../all.ts';

export const prediction: AllTexts['prediction'] = {
  probabilities: '확률',
  lessLikelyClasses: (left) => `그보다 확률이 낮은 클래스 ${left}개`,
  interval: ({ level, low, high }) => `${level}: ${low}부터 ${high}까지`,
  intervalsHold: ({ level, share, width }) =>
    `${level} 구간 안에 ${share}가 들어 있습니다. 구간의 폭은 평균 ${width}입니다.`,
  missing: '빠짐',
  anotherValue: '다른 값',
  missingTakesAndTold: (taken) => `빠짐: 모델은 ${taken}을(를) 쓰고, 값이 빠졌다는 것도 받습니다.`,
  missingTakes: (taken) => `빠짐: 모델은 ${taken}을(를) 씁니다.`,
  outsideRange: ({ low, high }) => `데이터의 범위(${low}부터 ${high}까지) 밖: 모델이 외삽합니다.`,
  missingNoKnownValue: '빠짐: 모델이 아는 값 중 어느 것도 아닙니다.',
  countsAsRare: '드문 값 중 하나로 봅니다.',
  noKnownValue: '모델이 아는 값 중 어느 것도 아닙니다.',
  predictForFile: '파일로 예측…',
  predictForFileHelp: '같은 열이 있는 CSV. 여기에 놓아도 됩니다. 행에 예측을 더해 돌려줍니다.',
  predictingFor: (name) => `${name} 예측 중`,
  againstKnownAnswers: ({ rows, target }) => `${target}의 알려진 답 ${rows}개와 비교:`,
  notScored: (reason) => `평가하지 않음: ${reason}`,
  firstRows: '처음 몇 행',
  downloadPredictions: '예측 내려받기',
  rowsWith: ({ rows, column }) => `행 ${rows}개, 더한 열: ${column}.`,
  rowsWithMore: ({ rows, column, more }) => `${rows}개 행에 ${column} 외 열 ${more}개를 더했습니다.`,
};
