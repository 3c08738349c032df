/** What the page shows of sweeps, and what a person asks of them. */
import type { SweepEstimate } from '../../sweep/estimate.ts';
import type { LeaderboardEntry } from '../../sweep/results/types.ts';
import type { SweepProgress } from '../../sweep/schedule/progress.ts';
import type { Said } from '../../util/errors.ts';
import type { Spread } from '../../util/statistics/statistics.ts';
import { text } from '../i18n/text.ts';
import type { KeptSweep, SweepEnd, SweepFile, SweepPlan } from '../protocol/sweep.ts';
import type { SweepCurves } from './curves.ts';
import { emptyDraft, type SweepDraft, type Variation } from './draft.ts';

/** `halted`: it is kept unfinished, as the page was closed or reloaded. */
export type SweepState = 'drafting' | 'starting' | 'training' | 'stopping' | 'halted' | 'done' | 'failed';

export interface SweepView {
  state: SweepState;
  draft: SweepDraft;
  /** What the draft would train; undefined while it is being worked out or cannot be. */
  plan: SweepPlan | undefined;
  /** Why the draft cannot be trained, and the part that it is about. */
  problem: { words: Said; where: string } | undefined;
  /** The sweep file as text, and the command that trains it; empty while there is none. */
  file: string;
  command: string;
  /** Under which the sweep that trains, or has trained, is kept; empty where there is none. */
  id: string;
  /** Sweeps that are kept, newest first, and how many cannot be read. */
  kept: readonly KeptSweep[];
  unread: number;
  /** Of the sweep that trains, or has trained. */
  curves: SweepCurves | undefined;
  /** What its settings are called by their paths, in order. */
  varied: string[];
  progress: SweepProgress | undefined;
  leaders: LeaderboardEntry[];
  end: SweepEnd | undefined;
  /** Whether its files and models are, with the worker that had them. */
  gone: boolean;
  failure: Said;
  /** How long the draft would take; undefined where that is not known. */
  estimate: SweepEstimate | 'measuring' | undefined;
}

/** What a person asks of a sweep; comes up as the detail of the event `sweep-command`. */
export type SweepCommand =
  | { do: 'vary' | 'remove'; path: string }
  | { do: 'change'; variation: Variation }
  | { do: 'draft'; draft: SweepDraft }
  | { do: 'start' | 'stop' | 'resume' | 'save-definition' | 'forget' | 'close' }
  | { do: 'show'; id: string }
  | { do: 'use' | 'save-model' | 'export-model'; cell: number }
  | { do: 'save'; name: SweepFile };

declare global {
  interface HTMLElementEventMap {
    /** What a person asks of a sweep. */
    'sweep-command': CustomEvent<SweepCommand>;
  }
}

/** Nothing is put together yet. */
export const emptyView: SweepView = {
  state: 'drafting',
  draft: emptyDraft,
  plan: undefined,
  problem: undefined,
  file: '',
  command: '',
  id: '',
  kept: [],
  unread: 0,
  curves: undefined,
  varied: [],
  progress: undefined,
  leaders: [],
  end: undefined,
  gone: false,
  failure: '',
  estimate: undefined,
};

export type Ranking = Pick<SweepPlan, 'deciding' | 'validated'>;

export interface PrimaryMetric {
  set: 'validation' | 'train';
  name: string;
  title: string;
  of: (leader: LeaderboardEntry) => Spread | undefined;
}

/** What the leaderboard is ordered by. */
export function primaryMetric({ deciding: { name }, validated }: Ranking): PrimaryMetric {
  const set = validated ? 'validation' : 'train';
  const metric = metricLabel(name);
  const title = validated ? text.common.validationMetric(metric) : text.common.trainingMetric(metric);
  return { set, name, title, of: ({ metrics }) => metrics[set][name] };
}

export function metricLabel(name: string): string {
  return { rmse: 'RMSE', accuracy: text.common.accuracy }[name] ?? name;
}

export function isBusy({ state }: Pick<SweepView, 'state'>): boolean {
  return state === 'starting' || state === 'training' || state === 'stopping';
}
