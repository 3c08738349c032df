/** Why a sweep is refused, and why one that was kept cannot go on. */

import { inEnglish, type Said } from '../../../util/message.ts';
import { counted, count as whole } from '../../../util/thousands.ts';
import { some } from '../../../util/words.ts';

const given = (value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? 'a group of settings' : JSON.stringify(value);

const assigned = ([path, value]: [string, unknown]) => `${path} = ${JSON.stringify(value)}`;

/** Why a value that was kept cannot be gone on from. */
export const valueProblems = {
  empty: 'the file is empty',
  foreign: 'this is no checkpoint',
  earlier_format: 'kept by an earlier version, without a checksum',
  version: 'kept by another version of the program',
  cut: 'the file is not as long as it was',
  damaged: 'the file is damaged, its checksum is another',
  contents: 'holds something else than it should',
  unreadable: 'the file cannot be read',
};

export type ValueProblem = keyof typeof valueProblems;

export const sweeps = {
  varied_twice: ({ path }: { path: string }) => `random: ${path} is in the grid already; vary it in one of them.`,
  base_twice: ({ path, first, second }: { path: string; first: unknown; second: unknown }) =>
    `base: ${path} is given as ${given(first)} and as ${given(second)}; give it once.`,
  seed_in_grid: 'grid: training.seed is what seeds are for; give "seeds" instead.',
  grid_unknown: ({ path, near }: { path: string; near: string | undefined }) =>
    `grid: there is no setting ${path}${near ? ` (did you mean ${near}?)` : ''}.`,
  in_combination: ({ why, settings }: { why: Said; settings: Readonly<Record<string, unknown>> }) =>
    `${inEnglish(why)} (in the combination ${Object.entries(settings).map(assigned).join(', ')})`,
  trials_too_many: ({ count, most, option }: { count: number; most: number; option: string }) =>
    `The sweep has ${whole(count)} trials, more than ${whole(most)}; try fewer values or seeds, or allow it with ${option} ${count}.`,
  folds_given: ({ folds, count }: { folds: number; count: number }) =>
    `folds: the sweep has ${folds}, but ${count} data ${count === 1 ? 'set was' : 'sets were'} given; give one for each (see prepareFolds).`,
  average_untrained:
    'There is nothing to average: every network with the best settings diverged, or has not trained for an epoch.',
  halving_blind: 'halving: needs validation rows to decide by; give split.validation a share.',
  halving_in_parts:
    'halving: who goes on is decided among all trials, so no part of them can train by itself; train them all together, or leave successive halving out.',
  none_chosen: ({ count }: { count: number }) =>
    `only: none of the ${counted(count, 'trial')} of the sweep is chosen; choose one at least.`,

  sweep_of_others: ({ count }: { count: number }) =>
    `The sweep to go on from is another: none of its ${counted(count, 'trial')} has these settings and rows. Begin in another place.`,
  halving_extended:
    'halving: a sweep with successive halving cannot get other trials, since who goes on is decided among all of them. Begin in another place.',
  values_unusable: ({ names, damage }: { names: readonly string[]; damage: ValueProblem }) =>
    `${some(names, 3)}: ${valueProblems[damage]}. What was kept there is trained again.`,
  choices_unusable: ({ name, damage }: { name: string; damage: ValueProblem }) =>
    `${name}: ${valueProblems[damage]}. It held which plan and kernels trained: they are chosen as for a new run, and where the choice is another, results differ in their last digits from those of a run without interruption.`,
  trials_begin_anew: ({ count, why }: { count: number; why: Said }) =>
    `${count} trials could not go on: ${inEnglish(why)}`,
  sweep_not_kept: ({ why }: { why: Said }) =>
    `The sweep could not be kept, and cannot be gone on from: ${inEnglish(why)}`,

  sweep_gone: 'This sweep is not kept any more.',
  sweep_table_missing: ({ name }: { name: string }) =>
    `The table ${name} of this sweep is not kept any more; open its file for the files and models of the sweep.`,
  sweep_table_other: ({ name }: { name: string }) =>
    `The sweep was trained on ${name}; open that table to continue it.`,
  sweep_trials_missing: 'Not all trials of this sweep are kept; continue it to train the others.',
  sweep_not_lasting: 'This browser keeps nothing for this page: the sweep goes with a reload.',
  sweep_insecure:
    'The page came over plain http, where trials cannot be kept: after a reload the sweep can be looked at, but not continued.',
  sweep_parts_unread: ({ count }: { count: number }) =>
    `${counted(count, 'part')} of what was kept of the sweep could not be read; its trials were trained again.`,
  storage_full: 'The browser has no more room for this page.',
};
