/** The Korean of `label`, `help` and `unit` in `src/spec`. */
import type { SettingTexts } from '../setting-texts.ts';

export const settings: SettingTexts = {
  'trial.model.hidden': { label: '은닉층', help: '첫 층부터 마지막 층까지 은닉층마다의 유닛 수', unit: '유닛' },
  'trial.model.activation': { label: '활성화 함수', help: '은닉층 다음의 함수: 모든 층에 하나, 또는 층마다 하나' },
  'trial.model.dropout': {
    label: '드롭아웃',
    help: '학습 스텝마다 무작위로 빼는 유닛의 비율: 모든 은닉층에 하나, 또는 층마다 하나',
  },
  'trial.model.embedding.kind': {
    label: '임베딩',
    help: '숫자와 날짜가 그 값과 함께 입력으로 갖는 것. periodic은 학습되는 코사인 (RealMLP, Holzmueller 외 2024)',
  },
  'trial.model.embedding.frequencies': {
    label: '주파수 수',
    help: '숫자마다의 코사인 cos(2 pi 주파수 x + 위상)의 수. 주파수와 위상을 학습한다',
  },
  'trial.model.embedding.scale': {
    label: '주파수 크기',
    help: '처음 주파수의 표준편차. 클수록 더 세밀한 변화에서 시작한다',
  },
  'trial.model.embedding.learning_rate_factor': {
    label: '임베딩 학습률 배수',
    help: '주파수와 위상의 학습률에 곱하는 값',
  },
  'trial.model.output_activation': {
    label: '출력 활성화',
    help: '마지막 층 다음의 함수. auto는 손실이 perceptron이면 step(이 규칙은 step 유닛의 규칙이다), 아니면 identity이다',
  },
  'trial.model.initializer': {
    label: '초기화',
    help: '가중치의 시작값. auto는 sigmoid 앞에서는 he_normal, softplus 앞에서는 lecun_normal, 그 밖에는 glorot_normal',
  },
  'trial.training.loss': {
    label: '손실 함수',
    help: '학습이 줄이는 값. auto는 숫자에 mse, 두 클래스에 binary_cross_entropy, 그보다 많으면 softmax_cross_entropy. perceptron은 퍼셉트론 규칙으로, 출력 유닛은 step이다',
  },
  'trial.training.optimizer.kind': { label: '옵티마이저', help: '기울기가 한 스텝이 되는 방법' },
  'trial.training.optimizer.learning_rate': {
    label: '학습률',
    help: '한 스텝이 기울기를 따라 파라미터를 옮기는 거리',
  },
  'trial.training.optimizer.momentum': {
    label: '모멘텀',
    help: '지난 스텝이 다음 스텝에 남는 비율 (PyTorch: v = momentum v + g, w -= lr v)',
  },
  'trial.training.optimizer.nesterov': {
    label: 'Nesterov',
    help: '모멘텀을 따라 미리 내다보기: w -= lr (g + momentum v)',
  },
  'trial.training.optimizer.weight_decay': {
    label: '가중치 감쇠',
    help: '스텝마다 가중치에서 빼는 비율(학습률을 곱한다). 기울기와는 따로 적용된다',
  },
  'trial.training.optimizer.alpha': { label: '알파', help: '기울기 제곱의 이동 평균이 줄어드는 비율' },
  'trial.training.optimizer.epsilon': { label: '엡실론', help: '0으로 나누지 않도록 제곱근 밖에 더하는 값' },
  'trial.training.optimizer.betas': { label: '베타', help: '기울기와 그 제곱의 이동 평균이 줄어드는 비율' },
  'trial.training.batch_size': { label: '배치 크기', help: '평균 기울기로 한 스텝을 만드는 행의 수', unit: '행' },
  'trial.training.l1': { label: 'L1', help: '가중치의 부호에 곱해 그 기울기에 더한다. 편향은 건드리지 않는다' },
  'trial.training.l2': { label: 'L2', help: '가중치에 곱해 그 기울기에 더한다. 편향은 건드리지 않는다' },
  'trial.training.clip_norm': {
    label: '기울기 클리핑',
    help: '모든 파라미터를 합친 기울기가 이보다 길면 이 길이로 줄인다 (L1과 L2 이전)',
  },
  'trial.training.label_smoothing': {
    label: '레이블 스무딩',
    help: '클래스 목표마다 모든 클래스에 고르게 나누는 비율. 학습 손실에만 쓰며, 클래스의 손실 함수에만 쓸 수 있다',
  },
  'trial.training.schedule.kind': { label: '스케줄', help: '에포크에 따라 학습률이 바뀌는 방법' },
  'trial.training.schedule.warmup': {
    label: '웜업',
    help: '스케줄이 시작하기 전의 에포크 수. 그 W스텝 가운데 s번째 스텝의 학습률은 전체의 s / W이다',
    unit: '에포크',
  },
  'trial.training.schedule.every': { label: '간격', help: '학습률을 두 번 낮추는 사이의 에포크 수', unit: '에포크' },
  'trial.training.schedule.factor': { label: '배율', help: '낮출 때 학습률에 곱하는 값' },
  'trial.training.schedule.final': { label: '마지막 비율', help: '마지막 에포크 뒤에 남는 학습률의 비율' },
  'trial.training.schedule.plateau': {
    label: '정체',
    help: '검증 손실(검증 행이 없으면 학습 손실)이 나아지지 않아 정체로 보는 에포크 수',
    unit: '에포크',
  },
  'trial.training.schedule.flat': {
    label: '유지 비율',
    help: '웜업이 끝난 뒤 학습률을 그대로 두는 에포크의 비율. 그 다음에는 코사인을 따라 줄인다',
  },
  'trial.training.epochs': { label: '에포크', help: '학습 행 전체를 훑는 횟수' },
  'trial.training.shuffle': { label: '섞기', help: '에포크마다 행을 새 순서로 쓴다' },
  'trial.training.seed': { label: '시드', help: '초기 파라미터와 행의 순서를 고정한다' },
  'trial.training.early_stopping.monitor': { label: '기준', help: '나아져야 하는 손실' },
  'trial.training.early_stopping.min_delta': { label: '최소 개선', help: '이보다 작은 개선은 개선으로 치지 않는다' },
  'trial.training.early_stopping.patience': {
    label: '기다림',
    help: '나아지지 않아도 학습을 이어 가는 에포크 수',
    unit: '에포크',
  },
  'trial.training.early_stopping.restore_best': {
    label: '최선 복원',
    help: '끝나면 가장 좋았던 에포크의 파라미터로 돌아간다',
  },
  'trial.training.loss_plateau.tolerance': {
    label: '허용 차이',
    help: '이어진 두 에포크의 평균 학습 손실 차이가 이 값 이하이면 멈춘다',
  },
  'data.target': { label: '목표', help: '예측할 열' },
  'data.task': {
    label: '과제',
    help: 'regression은 숫자를, classification은 몇 가지 클래스 중 하나를 예측한다. auto는 목표 열을 보고 정한다',
  },
  'data.types': { label: '열의 종류', help: '셀을 보고 짐작한 종류가 틀린 열을 열=종류로 적는다' },
  'data.ignore': { label: '제외한 열', help: '학습에 쓰지 않는 열' },
  'data.numeric': {
    label: '숫자',
    help: '숫자와 날짜를 무엇으로 바꿀지. scale: 스케일링대로. robust: 중앙값과 사분위수로 맞추고 이상값은 3 안으로 당긴다. quantile: 정규분포로. piecewise_linear: 분위수 사이의 구간 16개까지',
  },
  'data.scaling': {
    label: '스케일링',
    help: '예측하는 숫자와, 숫자가 scale일 때의 숫자 특성에 쓴다. standardize: 학습 행에서 평균 0, 표준편차 1. min_max: 학습 행에서 0부터 1까지',
  },
  'data.target_transform': {
    label: '목표 변환',
    help: 'log는 log(1 + 목표)를 배운다. 0 이상이고 몇 자릿수에 걸친 목표에 쓴다',
  },
  'data.clip_predictions': {
    label: '예측 범위 제한',
    help: '예측한 숫자를 학습 행의 범위를 양 끝에서 그 10분의 1만큼 넓힌 범위 안에 둔다',
  },
  'data.impute': {
    label: '빠진 숫자',
    help: '빠진 숫자를 학습 행에 따라 무엇으로 채울지. 빠진 범주는 가장 흔한 값이나 별도의 값이 된다',
  },
  'data.missing_indicator': {
    label: '빠짐 표시',
    help: '학습 행에 빈 곳이 있는 열마다, 숫자가 빠졌는지를 알리는 0/1 특성을 더한다',
  },
  'data.max_levels': {
    label: '최대 수준 수',
    help: '범주에서 저마다 특성을 갖는 값의 수. 학습 행이 5개(작은 표에서는 50개 중 1개)는 있어야 한다. 나머지와 새로운 값은 other라는 하나를 함께 쓴다',
  },
  'data.merge_spellings': {
    label: '표기 합치기',
    help: '대소문자, 공백, 글자 폭만 다른 클래스와 범주 값(Yes, yes, YES)을 하나로 보고 가장 많은 표기로 부른다',
  },
  'data.class_weights': {
    label: '클래스 가중치',
    help: 'balanced는 학습 행을 행 수 / (클래스 수 x 그 클래스의 행 수)로 가중해 드문 클래스도 같은 무게를 갖게 한다. 검증 손실과 지표는 행마다 한 번씩 센다',
  },
  'data.weights': {
    label: '가중치 열',
    help: '학습 행마다 손실에 곱하는 0 이상의 값. 검증 손실과 지표는 행마다 한 번씩 센다. 이 열은 학습에 쓰지 않는다',
  },
  'data.split.train': { label: '학습 비율', help: '학습이 보는 행의 비율' },
  'data.split.validation': { label: '검증 비율', help: '선택의 근거가 되는 행의 비율' },
  'data.split.test': { label: '테스트 비율', help: '마지막에 한 번만 보는 행의 비율' },
  'data.split.seed': { label: '분할 시드', help: '어느 행이 어느 부분에 들어갈지를 고정한다' },
  'data.split.stratify': { label: '층화', help: '클래스를 예측할 때 부분마다 클래스 비율을 같게 한다' },
  'data.split.group': {
    label: '그룹 열',
    help: '이 열의 값이 같은 행은 같은 부분에 남는다. 이 열은 학습에 쓰지 않는다',
  },
  'data.split.time': {
    label: '시간 열',
    help: '이 열에서 가장 이른 행으로 학습하고, 뒤의 행으로 검증하며, 가장 늦은 행으로 테스트한다',
  },
  'reading.header': { label: '첫 행이 이름', help: '첫 행이 열 이름인지' },
  'reading.delimiter': { label: '구분자', help: '셀을 나누는 것. ;이나 tab 등. space는 몇 개든 이어진 공백' },
  'reading.decimal': { label: '소수점', help: '수에서 소수 앞에 오는 것' },
  'reading.thousands': { label: '천 단위 구분', help: '수에서 천 단위 사이에 오는 것' },
  'reading.encoding': { label: '인코딩', help: '글자를 바이트로 적는 방법. utf-8, cp949(euc-kr), windows-1252 등' },
  'reading.missing': { label: '빠진 값 표시', help: 'NA, NaN, null 등 대신 "값 없음"을 뜻하는 텍스트' },
  'reading.skip': { label: '건너뛸 행', help: '표에 속하지 않는 맨 위의 행 수. 주지 않으면 이름 위의 제목을 찾는다' },
  'reading.comment': { label: '주석 표시', help: '이것으로 시작하는 줄은 뺀다. # 등' },
  'reading.sheet': { label: '시트', help: 'Excel 통합 문서의 시트 이름. 주지 않으면 첫 시트' },
  'reading.max_short_rows': {
    label: '짧은 행',
    help: '첫 행보다 셀이 적어도 되는 행의 수. 모자란 셀은 빠진 값이 되고, 그런 행을 알린다',
  },
};
