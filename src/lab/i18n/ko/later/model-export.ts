import type { AllTexts } from '../../all.ts';

export const modelExport: AllTexts['modelExport'] = {
  title: '모델 내보내기',
  intro: '어느 형식이든 표에 있는 행을 그대로 넣으면 됩니다. 빈 셀, 스케일링, 범주는 모델이 처리합니다.',
  formats: {
    safetensors: [
      'safetensors',
      '모든 것을 담습니다. 이 페이지와 명령줄, 라이브러리에서 다시 열 수 있고, 텐서는 어디서나 열립니다.',
    ],
    onnx: ['ONNX', 'Python, C++, C#, Java, 웹 페이지의 ONNX Runtime과 ONNX를 실행하는 그 밖의 프로그램에서 씁니다.'],
    js: ['JavaScript', '의존성이 없는 모듈 하나. 웹 페이지, Node, 워커에서 predict(rows)로 씁니다.'],
    c: ['C', '메모리를 할당하지 않는 C99 헤더 하나. 마이크로컨트롤러나 어떤 프로그램에서도 쓸 수 있습니다.'],
    python: ['Python', 'ONNX와, scikit-learn처럼 predict와 predict_proba가 있는 perceptron_model.py.'],
    pytorch: ['PyTorch', 'nn.Module이 든 model.py와, 같은 설정으로 이어서 학습하는 train.py.'],
    card: ['모델 카드', '사람이 읽는 Markdown. 열, 점수, 보정, 한계, 그리고 다시 만드는 방법.'],
    json: ['JSON', '직접 만든 프로그램에서 쓰도록 열, 층, 수를 담은 데이터.'],
  },
  format: '형식',
  save: '저장',
  saving: '쓰는 중…',
  workerStopped: '파일을 쓰지 못했습니다. 워커가 멈췄습니다.',
};
