import type { Translation } from '../../../util/message.ts';
import { count as whole } from '../../../util/thousands.ts';
import { chosenPercent } from '../../../util/words.ts';
import type { EngineName, summary as english, tiesNote as englishNote, Label } from '../../en/command-line/summary.ts';
import { several } from '../words.ts';

const labels: Record<Label, string> = {
  auto: 'auto',
  browser: '브라우저',
  changed: '바뀜',
  cpu: 'CPU',
  critical: '심각',
  data: '데이터',
  engine: '엔진',
  ensemble: '앙상블',
  experiment: '실험',
  features: '기능',
  limits: '한도',
  machine: '컴퓨터',
  measured: '측정',
  model: '모델',
  network: '신경망',
  note: '참고',
  schedule: '스케줄',
  self_test: '자체 검사',
  sweep: '스윕',
  table: '표',
  target: '목표',
  training: '학습',
  version: '버전',
  warning: '경고',
  webgpu: 'WebGPU',
  wrote: '쓴 파일',

  adapter: '어댑터',
  all: '모두',
  averaged: '평균',
  batch: '배치',
  best: '최고',
  epochs: '에포크',
  none: '없음',
  shared: '공유',
  shifted: '밀림',
  time: '시간',
  jobs: '작업',
  queue: '큐',
  sweep_or_fit: '스윕이나 fit',
  state: '상태',
  done: '진행',
  time_left: '남은 시간',
  priority: '우선순위',
  failed: '실패',
  trials: '시행',
  trials_per_second: '시행/초',
  workers: '작업자',
  accuracy: '정확도',
  balanced_accuracy: '균형 정확도',
  actual: '실제',
  baseline: '기준선',
  baseline_accuracy: '기준선 정확도',
  baseline_log_loss: '기준선 로그 손실',
  baseline_rmse: '기준선 rmse',
  column: '열',
  contribution: '기여',
  distinct: '서로 다름',
  f1: '매크로 f1',
  fit: 'fit',
  fit_test: 'fit, 테스트 행',
  interval: '95 % 구간',
  least: '최소',
  linear: '선형',
  linear_model: '선형 모형',
  log_loss: '로그 손실',
  mae: 'mae',
  mean: '평균',
  median: '중앙값',
  members: '구성 모델',
  missing: '빠짐',
  most: '최대',
  mse: 'mse',
  networks: '신경망',
  out_after: '탈락 에포크',
  preparing: '준비',
  r2: 'r2',
  rmse: 'rmse',
  roc_auc: 'roc auc',
  rows: '행',
  test: '테스트',
  train: '학습',
  type: '종류',
  validation: '검증',
  value: '값',
};

const engineNames: Record<EngineName, string> = { webgpu: 'GPU', cpu: 'CPU', reference: '레퍼런스 엔진' };

function enginesInWords(engines: readonly EngineName[]): string {
  return engines.map((name) => engineNames[name]).join('·');
}

/** Which combinations are told apart from the best. */
export function tiesNote({ mark, compared, tied, untold }: Parameters<typeof englishNote>[0]): string {
  if (untold === compared) return '시행이 하나씩이면 어느 조합이 나은지 알 수 없습니다. 시드나 폴드를 늘리세요.';
  const told =
    tied > 0
      ? `${mark} 표시한 조합(${several(compared)} 가운데 ${several(tied)})은 가장 좋은 것과 구별되지 않습니다: 시드와 폴드마다 짝지은 차이의 구간에 0이 들어 있습니다.`
      : '나머지는 모두 가장 좋은 것과 구별됩니다: 시드와 폴드마다 짝지은 차이의 구간에 0이 들어 있지 않습니다.';
  const alike = untold > 0 ? ` ${several(untold)}는 차이가 모두 같아 알 수 없습니다.` : '';
  return `${told} ${compared === 1 ? '이 구간은' : '이 구간들은 모두 함께'} 95 %로 맞습니다.${alike}`;
}

const intervalMethods = { t: '스튜던트 t', bootstrap: '부트스트랩' };
const sources = {
  CHROME_PATH: 'CHROME_PATH로 지정됨',
  installed: '이 컴퓨터에 설치됨',
  package: 'npm 패키지 @sparticuz/chromium',
};
const rowsOf = (file: string, rows: number) => `${file}: 행 ${several(rows)}`;

export const summary: Translation<typeof english> = {
  label: ({ label }) => labels[label],
  set_metric: ({ set, metric }) => `${labels[set]} ${metric}`,
  mended_by: ({ said, option }) => `${said} 옵션: ${option}`,
  table_rows: ({ file, count }) => rowsOf(file, count),
  table_size: ({ file, count, width }) => `${rowsOf(file, count)}, 열 ${several(width)}`,
  rows_by_set: ({ file, count, sets }) =>
    `${rowsOf(file, count)}(${sets.map(([set, own]) => `${labels[set]} ${whole(own)}`).join(', ')})`,
  rows_known: ({ file, count, target }) => `${file}: ${target}을(를) 아는 행 ${several(count)}`,
  saved_refit: ({ epochs, rows }) =>
    `저장한 모델: 모든 행 ${several(rows)}로 에포크 ${whole(epochs)}개를 다시 학습한 것입니다. 점수는 테스트 행을 보지 않은 첫 학습의 것입니다.`,
  refit_interrupted: '모든 행으로 다시 학습하다가 중단되어, 첫 학습의 모델을 저장합니다.',
  refit_diverged: '모든 행으로 다시 학습하다가 발산하여, 첫 학습의 모델을 저장합니다.',
  refit_failed: ({ why }, say) => `모든 행으로 다시 학습하지 못해, 첫 학습의 모델을 저장합니다. ${say(why)}`,
  saved_average: ({ count, rows, fewest, most, diverged }) =>
    `model.safetensors: 가장 좋은 설정의 신경망 ${several(count)}의 평균입니다. 시드와 폴드마다 하나씩, 그 시행이 유지한 에포크만큼(${fewest === most ? whole(most) : `${whole(fewest)}~${whole(most)}`}) 모든 행 ${several(rows)}로 다시 학습했습니다.${diverged > 0 ? ` 발산한 ${several(diverged)}는 뺐습니다.` : ''}`,
  average_estimate: ({ set, metric, mean, sd, count }) =>
    `이 모델을 채점할 행은 남지 않았습니다. 같은 설정으로 ${labels[set]} 행 없이 학습한 신경망 하나하나의 ${labels[set]} ${metric}: ${mean}${count > 1 ? ` ± ${sd}` : ''}.${set === 'test' ? '' : ' 설정과 에포크를 이 행들로 골랐으므로, 새 행에서는 조금 못할 수 있습니다.'}`,
  average_unscored: '떼어 둔 행이 없어 얼마나 좋은지 알 수 없습니다.',
  saved_best: 'model.safetensors: 가장 좋은 시행을 그 학습 행으로 학습한 그대로입니다.',
  average_interrupted:
    '모든 행으로 다시 학습하다가 중단되었습니다. model.safetensors는 가장 좋은 시행을 그 학습 행으로 학습한 그대로입니다.',
  average_failed: ({ why }, say) =>
    `모든 행으로 다시 학습하지 못했습니다. model.safetensors는 가장 좋은 시행을 그 학습 행으로 학습한 그대로입니다. ${say(why)}`,
  target_from: ({ target, features }) =>
    `${target}, 쓰는 열: ${features.length > 4 ? several(features.length) : features.join(', ')}`,
  network: ({ units, settings, parameters }) => `${units}, ${settings}파라미터 ${several(parameters)}`,
  engine_used: ({ engine, adapter, software, how, why }, say) =>
    `${engine} 엔진(${adapter}${software ? ', 소프트웨어 어댑터' : ''}), ${say(how)}. ${say(why)}`,
  plan_used: ({ plan, why }, say) => `${plan} 계획(${say(why)})`,
  plans_used: ({ plans }) => `${plans.join(', ')} 계획`,
  diverged_in: ({ epoch }) => `에포크 ${epoch}에서 발산했습니다.`,
  interrupted: '중단했습니다. 같은 명령에 --resume을 붙이면 이어 갑니다.',
  importance_of: ({ metric, rows, repeats }) =>
    `중요도: 열 하나를 섞었을 때 ${metric}이(가) 나빠지는 정도. 행 ${several(rows)}를 ${several(repeats)} 번 섞은 평균과 표준편차이며, 0에 가까우면 모델이 쓰지 않는 열입니다.`,
  dependence_on: ({ column, rows }) =>
    `의존도: 행 ${several(rows)} 모두에서 ${column}이(가) 그 값일 때의 답. 평균과, 답의 80 %가 놓이는 범위입니다.`,
  explanations: ({ rows, of, file, predictions, time }) =>
    `이유: ${file}의 행 ${several(of)}${rows < of ? ` 가운데 ${several(rows)}` : ''}에 대한 예측의 평균에 열마다 더해지는 양(섀플리 값, ± 표준오차). 행마다 예측 ${several(predictions)}, ${time}.`,
  explained_number: ({ row, name, prediction, base }) =>
    `${row}행: ${name} ${prediction}. 예측의 평균은 ${base}입니다.`,
  explained_class: ({ row, name, prediction, base }) =>
    `${row}행: ${name}, 확률 ${prediction}. 확률의 평균은 ${base}입니다.`,
  explained_first: ({ rows, left }) =>
    `처음 행 ${several(rows)}만 설명했습니다. ${several(left)}가 더 있고, --rows ${rows + left}로 볼 수 있습니다.`,
  other_columns: ({ count }) => `다른 열 ${several(count)}`,
  confusion: '행 수. 세로는 실제 클래스, 가로는 예측한 클래스:',
  confusion_of_set: ({ set }) => `${labels[set]} 세트의 행 수. 세로는 실제 클래스, 가로는 예측한 클래스:`,
  scores_of_numbers: ({ unit }) => `${unit}의 단위. 기준선은 언제나 학습 행의 평균으로 답합니다.`,
  scores_of_classes:
    '기준선은 언제나 학습 행에서 가장 흔한 클래스로, 확률은 학습 행의 비율로 답합니다. 더 많은 지표는 --json과 보고서에 있습니다.',
  scores_of_imbalanced:
    '클래스가 불균형하므로 균형 정확도를 봅니다: 클래스마다 그 행을 맞힌 비율의 평균입니다. 기준선은 늘 가장 흔한 클래스로 답할 때의 값입니다. --json과 보고서에는 지표가 더 있습니다.',
  interval_coverage: ({ level }) => `${chosenPercent(level)} 구간 안의 비율`,
  interval_width: ({ level }) => `${chosenPercent(level)} 구간의 평균 폭`,
  fit_rows: ({ file, count, held_out, folds, test }) =>
    `${rowsOf(file, count)}(${folds > 1 ? `${folds}번에 나누어 ` : ''}떼어 둔 행 ${several(held_out)}${test > 0 ? `, 테스트 ${several(test)}` : ''})`,
  fit_ensemble: ({ members, networks, folds, width, trials }) =>
    `학습한 신경망 ${several(networks)} 가운데 ${several(members)}, 폴드 ${several(folds)}. 계획: 폴드마다 한 번에 신경망 ${several(trials)}, 은닉층 유닛은 많아야 ${several(width)}`,
  fit_engine: ({ packs, interrupted }) => `신경망 묶음 ${several(packs)}${interrupted ? ', 도중에 끝냄' : ''}`,
  fit_intervals: ({ level, share, width }) =>
    `평균 폭이 ${width}인 ${chosenPercent(level)} 구간이 이 행들의 ${chosenPercent(share)}에서 맞았습니다.`,
  fit_temperature: ({ temperature }) => `확률은 이 행들에 맞춘 온도 ${temperature}(으)로 조절했습니다.`,
  fit_scores_turns: ({ folds }) =>
    `점수는 ${folds}번에 나누어 떼어 둔 행의 것입니다. 그 행을 본 적 없는 신경망과 그 행 없이 고른 앙상블이 답했습니다.`,
  fit_scores_held: ({ held_out }) =>
    `점수는 어떤 신경망도 학습하지 않은 행 ${several(held_out)}의 것이고, 그 행 없이 고른 앙상블이 답했습니다.`,
  fit_again: ({ file }) => `--repeat ${file}(으)로 똑같이 되풀이합니다.`,
  predictions_written: ({ count, columns, file }) =>
    `${file}에 ${columns.join(', ')} 열과 함께 행 ${several(count)}를 썼습니다.`,
  frequent_values: '가장 흔한 값과 그 행 수:',
  sweep_size: ({ combinations, trials, populations, resumed }) =>
    `조합 ${several(combinations)}, 시행 ${several(trials)}, 함께 학습한 묶음 ${several(populations)}${resumed > 0 ? `, 이어 간 시행 ${several(resumed)}` : ''}`,
  sweep_takes: ({ time, engines, at_most }) =>
    `스윕은 ${enginesInWords(engines)}에서 ${at_most ? `길어야 ${time} 걸립니다. 시행이 일찍 멈추면 더 짧습니다.` : `약 ${time} 걸립니다.`}`,
  leaders_order: ({ set, most, count }) =>
    `${labels[set]} 평균 순서${count > most ? `, ${count}개 가운데 가장 좋은 ${most}개` : ''}.`,
  leaders_spread: ({ methods }) =>
    `±는 시드와 폴드에 걸친 표준편차${methods.length > 0 ? `, 괄호는 평균의 95 % 구간(${methods.map((method) => intervalMethods[method]).join(' 또는 ')})` : ''}입니다.`,
  leaders_ties: tiesNote,
  leaders_shares: ({ shares, rest }) =>
    `설정마다 조합에 걸친 분산에서 차지하는 몫: ${shares.map((share) => share.join(' ')).join(', ')}. ${rest}는 상호 작용과 우연입니다.`,
  leaders_folds: '폴드끼리는 학습 행을 나누어 쓰므로, 폴드에 걸친 평균은 구간이 말하는 것보다 덜 확실합니다.',
  lab_opened: ({ address }) => `페이지 주소: ${address} (브라우저가 열고 있습니다. Ctrl-C로 끝냅니다)`,
  lab_served: ({ address }) => `페이지 주소: ${address} (Ctrl-C로 끝냅니다)`,

  machine_facts: ({ name, cores, memory }) => `${name}, 코어 ${cores}개, 메모리 ${memory}`,
  adapter_facts: ({ adapter, software, how }, say) =>
    `${adapter}${software ? ', 소프트웨어 어댑터' : ''}(출처: ${say(how)})`,
  adapter_limits: (p) =>
    `버퍼 ${p.buffer}, 저장소 바인딩 ${p.binding}, 단계마다 저장소 버퍼 ${p.buffers}개, 작업 그룹 메모리 ${p.memory}, 작업 그룹마다 호출 ${p.invocations}개, 차원마다 작업 그룹 ${several(p.workgroups)}`,
  adapter_features: ({ names, others }) =>
    [...names, ...(others > 0 ? [`그 밖에 ${several(others)}(--json에 모두 있음)`] : [])].join(', ') || '없음',
  check_passed: '통과',
  check_failed: ({ why }, say) => `실패: ${say(why)}`,
  webgpu_missing: ({ why }, say) => `쓸 수 없음: ${say(why)}`,
  browser_found: ({ file, from }) => `${file}(${sources[from]})`,
  no_browser: ({ why }, say) => `없음: ${say(why)}`,
  choices_kept: ({ count, file }) => `${file}에 선택 ${several(count)}`,
  choices_not_kept: ({ detail }) => `보관하지 못함(${detail})`,
  choice_made: ({ kept, network, plan, why }, say) =>
    `${say(kept)}. ${network}에는 ${plan} 계획을 고릅니다(${say(why)})`,
  auto_takes: ({ engine, why }, say) => `${engine}을(를) 고릅니다: ${say(why)}`,
  auto_measures: ({ why }, say) => `신경망마다 재어 webgpu나 cpu를 고릅니다: ${say(why)}`,
  auto_takes_nothing: ({ why }, say) => `고를 것이 없습니다: ${say(why)}`,
};
