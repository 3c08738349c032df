import type { Translation } from '../../util/message.ts';
import type { sweeps as english } from '../en/sweeps.ts';
import { several } from './words.ts';

export const sweeps: Translation<typeof english> = {
  varied_twice: ({ path }) => `random: ${path}은(는) 이미 격자에 있습니다. 둘 중 하나에서만 바꾸세요.`,
  seed_in_grid: 'grid: training.seed는 시드 수로 정합니다. 대신 "seeds"를 주세요.',
  grid_unknown: ({ path, near }) => `grid: ${path}(이)라는 설정은 없습니다${near ? ` (혹시 ${near}?)` : ''}.`,
  trials_too_many: ({ count, most, option }) =>
    `스윕의 시행이 ${several(count)}로 ${several(most)}보다 많습니다. 값이나 시드를 줄이거나 ${option} ${count}(으)로 허용하세요.`,
  halving_blind: 'halving: 연속 반감은 검증 행을 보고 정합니다. 검증 비율을 주세요(split.validation).',
};
