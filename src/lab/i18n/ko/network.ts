import type { Text } from '../text.ts';

export const network: Text['network'] = {
  compareActivations: (layers) => `활성화 함수 비교, ${layers}`,
  activationsOf: (layers) => `활성화 함수, ${layers}`,
  activation: '활성화 함수',
  diagramKeys:
    '화살표 키로 유닛 수를 바꾸고, Page Up과 Page Down으로 더 크게 바꿉니다. Enter는 이 층만 편집하고, Delete는 이 층을 없앱니다.',
  hiddenLayerUnits: (layer) => `은닉층 ${layer}, 유닛 수`,
  diagramDrag: '위아래로 끌면 유닛이 늘거나 줄고, 누르면 이 층만 편집합니다',
  oneUnit: '유닛 1개',
  units: (units) => `유닛 ${units}개`,
  diagramNoHidden: ({ inputs, outputs }) => `신경망: 입력 ${inputs}개, 은닉층 없음, 출력 ${outputs}개.`,
  diagramSummary: ({ inputs, hidden, outputs }) =>
    `신경망: 입력 ${inputs}개, 은닉층 유닛 ${hidden}개, 출력 ${outputs}개.`,
  embedding: (frequencies) => `임베딩: 숫자마다 코사인 ${frequencies}개, 그다음 모든 입력`,
  diagramLines: (epoch) => `선은 에포크 ${epoch} 뒤의 가중치: 굵을수록 크고, 0보다 크면 주황, 작으면 파랑.`,
  noHiddenLayers: '은닉층 없음',
  allLayersTab: '모든 층',
  layerOf: ({ layer, layers }) => `${layers}개 중 층 ${layer}`,
  removeLastLayer: '마지막 은닉층 없애기',
  removeLayer: (layer) => `은닉층 ${layer} 없애기`,
  layer: '층',
  addLayer: '은닉층 더하기',
  addLayerAfter: (layer) => `층 ${layer} 다음에 은닉층 더하기`,
  allHiddenLayers: '모든 은닉층',
  hiddenLayer: (layer) => `은닉층 ${layer}`,
  dropout: (dropout) => `드롭아웃 ${dropout}`,
  parameters: (parameters) => `파라미터 ${parameters}개`,
  memory: ({ bytes, parameters, optimizer, data }) =>
    `약 ${bytes}: 파라미터 ${parameters}, 옵티마이저 ${optimizer}, 데이터 ${data}`,
  planChosenAnew: (plan) => `계획: ${plan}. 다시 시작할 때 새로 고릅니다`,
  plan: (plan) => `계획: ${plan}`,
};
