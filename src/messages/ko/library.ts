import type { Translation } from '../../util/message.ts';
import type { library as english } from '../en/library.ts';
import { cell } from './tables/tables.ts';
import { several, some } from './words.ts';

const rowOf = ({ source, row }: { source: string; row: number }) => `${source}의 ${row}행`;

export const library: Translation<typeof english> = {
  row_of_kind: ({ kind, ...p }) =>
    `${rowOf(p)}: ${kind}은(는) 행이 될 수 없습니다. 열마다 값이 있는 객체나 값의 배열을 주세요.`,
  rows_mixed: (p) => `${rowOf(p)}: 배열과 객체가 섞여 있습니다. 첫 행과 같은 종류로 주세요.`,
  row_length: ({ count, names, ...p }) =>
    `${rowOf(p)}: 열은 ${names.length}개(${some(names, 10)})인데 값은 ${several(count)}입니다. 열마다 하나씩, 없으면 null로 주세요.`,
  cell_of_kind: ({ kind, ...p }) =>
    `${cell(p)}: ${kind}은(는) 셀의 값이 될 수 없습니다. 수, 텍스트, 참과 거짓, Date, 없으면 null을 주세요.`,
  header_name: ({ name, column }) =>
    `header: ${column}번째 열의 ${name}은(는) 하나뿐인 이름이 아닙니다. 열마다 이름을 하나씩 주세요.`,
  header_absent: 'header: 열 이름이 든 첫 행이 없습니다. 행을 주거나, 이름을 배열로 주세요.',

  loss_incomplete: ({ name }) => `loss: ${name}에 빠진 것이 있습니다. 이름과 함께 value와 slope, 또는 row를 주세요.`,
  loss_smoothed: ({ name }) =>
    `training.label_smoothing: 직접 준 손실 ${name}과(와) 함께 쓸 수 없습니다. 빼거나, 손실 안에서 목표를 고르게 하세요.`,
  loss_absent: ({ name }) =>
    `loss: 체크포인트는 직접 준 손실 ${name}(으)로 학습했습니다. 이어서 하려면 그 손실을 다시 주세요.`,
  store_own: ({ option, name }) => {
    const own = name === 'loss' ? '손실' : '지표';
    return `${option}: 직접 준 ${own}(${name})은(는) 파일에 담을 수 없어 학습한 것을 저장할 수 없습니다. ${option}이나 ${name}을(를) 빼 주세요.`;
  },
  metric_of_kind: ({ name, kind }) => `metrics.${name}: 수를 주어야 하는데 ${kind}을(를) 주었습니다.`,
  monitor_unknown: ({ name, names }) =>
    `monitor: 지표 ${name}이(가) 없습니다. ${names.length ? `${names.join(', ')} 중에서 고르세요` : 'metrics에 함께 주세요'}.`,
  monitor_idle: ({ setting }) =>
    `monitor: ${setting}이(가) 꺼져 있어 지켜보는 것이 없습니다. ${setting}을(를) 빼거나 monitor를 빼세요.`,
  monitor_blind: 'monitor: 지켜볼 검증 행이 없습니다. split.validation에 행의 일부를 주세요.',
  ended_early_metric: ({ epoch, epochs, name }) =>
    `에포크 ${epoch} 뒤에 멈췄습니다: 에포크 ${epochs}개 동안 ${name}이(가) 나아지지 않았습니다.`,
};
