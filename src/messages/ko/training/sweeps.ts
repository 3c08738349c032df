import type { Translation } from '../../../util/message.ts';
import { count as whole } from '../../../util/thousands.ts';
import type { sweeps as english, ValueProblem } from '../../en/training/sweeps.ts';
import { several, some } from '../words.ts';

const given = (value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? '설정의 묶음' : JSON.stringify(value);

const assigned = ([path, value]: [string, unknown]) => `${path} = ${JSON.stringify(value)}`;

export const valueProblems: Record<ValueProblem, string> = {
  empty: '파일이 비어 있습니다',
  foreign: '체크포인트가 아닙니다',
  earlier_format: '이전 버전이 체크섬 없이 남긴 것입니다',
  version: '다른 버전의 프로그램이 남긴 것입니다',
  cut: '파일의 길이가 기록된 길이와 다릅니다',
  damaged: '체크섬이 달라 파일이 손상되었습니다',
  contents: '있어야 할 것과 다른 것이 들어 있습니다',
  unreadable: '파일을 읽을 수 없습니다',
};

export const sweeps: Translation<typeof english> = {
  varied_twice: ({ path }) => `random: ${path}은(는) 이미 격자에 있습니다. 둘 중 하나에서만 바꾸세요.`,
  base_twice: ({ path, first, second }) =>
    `base: ${path}에 ${given(first)}와(과) ${given(second)}이(가) 함께 적혀 있습니다. 하나만 주세요.`,
  seed_in_grid: 'grid: training.seed는 시드 수로 정합니다. 대신 "seeds"를 주세요.',
  grid_unknown: ({ path, near }) => `grid: ${path}(이)라는 설정은 없습니다${near ? ` (혹시 ${near}?)` : ''}.`,
  in_combination: ({ why, settings }, say) =>
    `${say(why)} (조합: ${Object.entries(settings).map(assigned).join(', ')})`,
  trials_too_many: ({ count, most, option }) =>
    `스윕의 시행이 ${several(count)}로 ${several(most)}보다 많습니다. 값이나 시드를 줄이거나 ${option} ${count}(으)로 허용하세요.`,
  folds_given: ({ folds, count }) =>
    `folds: 스윕의 폴드는 ${folds}개인데 데이터 세트는 ${count}개입니다. 폴드마다 하나씩 주세요(prepareFolds 참고).`,
  average_untrained:
    '평균할 것이 없습니다. 가장 좋은 설정의 신경망이 모두 발산했거나, 한 에포크도 학습하지 않았습니다.',
  halving_blind: 'halving: 연속 반감은 검증 행을 보고 정합니다. 검증 비율을 주세요(split.validation).',
  halving_in_parts:
    'halving: 어느 조합이 남을지는 모든 시행을 보고 정하므로 일부만 따로 학습할 수 없습니다. 모두 함께 학습하거나 연속 반감을 빼세요.',
  none_chosen: ({ count }) => `only: 시행 ${several(count)} 가운데 고른 것이 없습니다. 하나 이상 고르세요.`,

  sweep_of_others: ({ count }) =>
    `이어 갈 스윕이 다른 스윕입니다. 그 시행 ${several(count)} 가운데 설정과 행이 같은 것이 없습니다. 다른 곳에서 시작하세요.`,
  halving_extended:
    'halving: 연속 반감을 하는 스윕에는 다른 시행을 더할 수 없습니다. 무엇이 남는지를 모든 시행 가운데서 정하기 때문입니다. 다른 곳에서 시작하세요.',
  values_unusable: ({ names, damage }) =>
    `${some(names, 3)}: ${valueProblems[damage]}. 거기 있던 것은 다시 학습합니다.`,
  choices_unusable: ({ name, damage }) =>
    `${name}: ${valueProblems[damage]}. 어떤 계획과 커널로 학습했는지가 여기 있었습니다. 새 학습처럼 다시 고르며, 다른 것이 골라지면 결과가 중단 없이 학습한 것과 마지막 자리에서 다를 수 있습니다.`,
  trials_begin_anew: ({ count, why }, say) => `시행 ${count}개를 이어 갈 수 없었습니다: ${say(why)}`,
  sweep_not_kept: ({ why }, say) => `스윕을 저장할 수 없어 나중에 이어 갈 수 없습니다: ${say(why)}`,

  sweep_gone: '이 스윕은 더는 보관되어 있지 않습니다.',
  sweep_table_missing: ({ name }) =>
    `이 스윕의 표 ${name}이(가) 더는 보관되어 있지 않습니다. 스윕의 파일과 모델을 얻으려면 그 파일을 여세요.`,
  sweep_table_other: ({ name }) => `스윕은 ${name}(으)로 학습했습니다. 이어 가려면 그 표를 여세요.`,
  sweep_trials_missing: '이 스윕의 시행 가운데 일부가 보관되어 있지 않습니다. 나머지를 학습하려면 이어 가세요.',
  sweep_not_lasting: '이 브라우저는 이 페이지의 것을 아무것도 보관하지 않습니다. 새로 고치면 스윕이 사라집니다.',
  sweep_insecure:
    '페이지가 http로 왔기 때문에 시행을 보관할 수 없습니다. 새로 고친 뒤에 스윕을 볼 수는 있지만 이어 갈 수는 없습니다.',
  sweep_parts_unread: ({ count }) => `보관된 스윕의 일부 ${whole(count)}개를 읽을 수 없어 그 시행을 다시 학습했습니다.`,
  storage_full: '이 페이지를 위한 브라우저의 공간이 더 없습니다.',
};
