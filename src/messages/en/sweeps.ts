/** Why a sweep is refused. */
const number = (count: number) => count.toLocaleString('en');

export const sweeps = {
  varied_twice: ({ path }: { path: string }) => `random: ${path} is in the grid already; vary it in one of them.`,
  seed_in_grid: 'grid: training.seed is what seeds are for; give "seeds" instead.',
  grid_unknown: ({ path, near }: { path: string; near: string | undefined }) =>
    `grid: there is no setting ${path}${near ? ` (did you mean ${near}?)` : ''}.`,
  trials_too_many: ({ count, most, option }: { count: number; most: number; option: string }) =>
    `The sweep has ${number(count)} trials, more than ${number(most)}; try fewer values or seeds, or allow it with ${option} ${count}.`,
  halving_blind: 'halving: needs validation rows to decide by; give split.validation a share.',
};
