import type { Text } from '../text.ts';

export const views: Text['views'] = {
  actual: (target) => `실제 ${target}`,
  predicted: (target) => `예측 ${target}`,
  model: '모델',
  residual: '잔차',
  rowNumber: '행',
  rowsAndShare: ({ rows, share }) => `행 수 ${rows}, 실제 범주의 ${share}`,
  takenFor: ({ actual, predicted }) => `${actual}을(를) ${predicted}(으)로 예측`,
  rowsBehind: ({ what, shown, rows }) =>
    shown === rows ? `${what}: 행 ${rows}개` : `${what}: 행 ${rows}개 중 처음 ${shown}개`,
  row: (row) => `${row}행`,
  title: '보기',
  tabs: {
    confusion: '혼동 행렬',
    pairs: '예측값과 실제값',
    fit: '적합',
    surface: '예측 면',
    residuals: '잔차',
    roc: 'ROC',
    importance: '중요도',
    dependence: '의존도',
    inside: '내부',
  },
  testRowsHeldBack: (rows) => `테스트 행 ${rows}개는 따로 둠`,
  noDataYet: '아직 데이터가 없음',
  confusionSummary: ({ rows, target, standing }) => `실제와 예측 ${target}에 따른 ${rows}, ${standing}.`,
  pairsSummary: ({ target, rows, standing }) => `실제 ${target}에 대한 예측: ${rows}, ${standing}.`,
  curveFromTo: ({ left, right }) => `모델은 왼쪽 끝의 ${left}에서 오른쪽 끝의 ${right}까지 갑니다.`,
  fitSummary: ({ target, features, standing }) => `${features}에 따른 ${target}: 행은 점, 모델은 곡선, ${standing}.`,
  modelOf: (target) => `모델의 ${target}`,
};
