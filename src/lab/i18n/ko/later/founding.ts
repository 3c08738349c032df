import type { AllTexts } from '../../all.ts';

export const founding: AllTexts['founding'] = {
  foundingReport: '출발점이 된 보고서',
  history:
    '이 실험실은 한 수업 보고서에서 시작했습니다. 곡선 하나를 배우는 퍼셉트론을 활성화 함수 네 가지, SGD 또는 Adam, 배치 1, 4, 8행의 모든 조합으로 학습한 보고서입니다. 어느 것이 가장 좋은지, 왜 그런지 결론을 내렸습니다.',
  method:
    '여기서는 그 24가지 조합을 한꺼번에, 여러 시드로 다시 학습하고 결론마다 그 결과에 비추어 봅니다. 결론은 성립하거나, 성립하지 않거나, 경우에 따라 다릅니다.',
  failed: (reason) => `보고서를 만들지 못했습니다: ${reason}`,
  howMuch: '분량',
  trainThem: '모두 학습',
  leftOfStage: ({ stage, left }) => `${stage}: 이 부분은 약 ${left} 남음`,
  stopping: '멈추는 중. 지금까지의 결과로 보고서를 만듭니다.',
  progress: '보고서의 이 부분',
  mayBeClosed: '그동안 이 창을 닫아도 됩니다. 뒤의 학습도 계속됩니다.',
  stopAndReport: '멈추고 보고',
  endedByHand: ({ time, engine }) => `직접 멈춤: ${time}, ${engine}`,
  done: ({ time, engine }) => `완료: ${time}, ${engine}`,
  openWholeReport: '보고서 전체 열기',
  saveIt: '보고서 저장',
  figures: '그림',
  combinations: (combinations) => `조합 ${combinations}개`,
  tableOfCombinations: '조합 표',
  activation: '활성화 함수',
  optimizer: '옵티마이저',
  batchSize: '배치 크기',
  validationRMSE: '검증 RMSE',
  epochs: '에포크',
  baseline: (score) => `시드에 걸친 평균 ± 표준편차. 평균으로 답하면 ${score}입니다.`,
  sizes: {
    quick: '빠르게 보기: GPU 없이 몇 초, 판정은 대부분 미정으로 남음',
    own: '보고서의 신경망에 시드 몇 개: GPU 없이 1분 이내',
    whole: '보고서 전체: GPU 없이 몇 분',
  },
  sizeFacts: ({ hidden, seeds, epochs }) => `유닛 ${hidden}, 시드 ${seeds}개, ${epochs}에포크`,
  stages: {
    timing: '조합마다 시간 재는 중',
    population: '모든 조합 학습 중',
    depth: '은닉층 한 개부터 여섯 개까지 학습 중',
    theory: '이론이 말하는 것 확인 중',
  },
  verdicts: {
    holds: '성립',
    'does not hold': '성립하지 않음',
    depends: '경우에 따라 다름',
  },
};
