import type { Text } from '../text.ts';

export const app: Text['app'] = {
  keys: {
    space: '스페이스',
    train: '학습 또는 일시 정지',
    trainOneEpoch: '한 에포크 학습',
    reset: '에포크 0으로',
    logAxis: '손실 축을 로그 또는 선형으로',
    thisSheet: '이 안내',
    close: '페이지 위에 열린 것 닫기',
    nextControl: '다음 컨트롤',
    slider: '슬라이더, 또는 초점이 있는 차트의 선 옮기기',
    layer: '그림의 층에서: 유닛 늘리기나 줄이기, 이 층만 편집, 없애기',
  },
  panels: '패널',
  settingsChanged: (changes) => `설정 (${changes})`,
  settings: '설정',
  afterEpochValidation: ({ epoch, metric, score }) => `에포크 ${epoch} 뒤, 검증 ${metric} ${score}`,
  shortcuts: '단축키',
  dropFile: '학습할 CSV 파일을 놓으세요',
  shortcutsWithKey: '단축키 (?)',
  language: '언어',
  languageNotLoaded: (language) =>
    `${language}을(를) 불러오지 못했습니다. 연결이 끊겼거나 새 버전으로 바뀐 것입니다. 페이지를 새로 고치고 다시 고르세요. 실행과 설정은 그대로 남습니다.`,
  tableOf: (caption) => `${caption} 표`,
  table: '표',
  save: '저장',
  savePlot: (caption) => `${caption} 저장`,
  asPicture: '그림, .png',
  asDrawing: '벡터 그림, .svg',
  asTable: '표, .csv',
  someRows: ({ shown, rows }) => `, 행 ${rows}개 중 ${shown}개`,
  partNotLoaded:
    '페이지의 이 부분을 불러오지 못했습니다. 연결이 끊겼거나 새 버전으로 바뀐 것입니다. 페이지를 새로 고치세요. 실행과 설정은 그대로 남습니다.',
  offline: '지금은 연결되지 않습니다.',
  reload: '새로 고침',
};
