/** Trials of sweeps that are kept, as rows among the runs: their settings, scores and losses, which is all that is kept of them. */
import { longWords, variedOf } from '../../../html/swept.ts';
import { checkData } from '../../../spec/check.ts';
import { checkSweep, listConfigurations } from '../../../sweep/definition/definition.ts';
import type { RunPicture, StoredRun } from '../../protocol/runs.ts';
import type { SweepEntry, TrialNews } from '../../protocol/sweep.ts';
import { liveSettings } from '../../shared/live-steps.ts';

/** In the order of the sweep. */
export function trialRows({ id, created, table, task, target, request, plan, trials, end }: SweepEntry): StoredRun[] {
  const { data, engine: choice } = request;
  const [checked, each] = [checkData(data), plan.seeds.length * plan.folds];
  const varied = variedOf(plan.cells.map((settings) => ({ settings })));
  const { kind, adapter, software, why } = end?.engine ?? { kind: 'auto', adapter: '', software: false, why: '' };
  return listConfigurations(checkSweep(request.sweep)).flatMap(({ settings: differing, trial }, cell) =>
    Array.from({ length: each }, (_, index): StoredRun => {
      const place = cell * each + index;
      const training = { ...trial.training, seed: plan.seeds[Math.floor(index / plan.folds)] };
      const settings = { trial: { ...trial, training }, data: checked, engine: choice };
      const news = trials[place];
      const scores = end?.scores[place] ?? {};
      return {
        id: `${id}/${place}`,
        created,
        table,
        task,
        target,
        settings,
        began: liveSettings(settings),
        changes: [],
        engine: { choice, kind: kind === 'auto' ? 'cpu' : kind, adapter, software, why, plan: '' },
        parameters: 0,
        state: stateOf(news),
        failure: null,
        epochs: news?.epochs.at(-1) ?? 0,
        seconds: 0,
        scores,
        of: plan.validated ? 'validation' : 'train',
        outcome: null,
        recovered: [],
        model: 0,
        mark: {},
        sweep: { id, cell, name: longWords(differing, varied) },
      };
    }),
  );
}

function stateOf(news: TrialNews | undefined): StoredRun['state'] {
  if (!news?.stopped || news.stopped === 'interrupted') return 'paused';
  return news.stopped === 'diverged' ? 'diverged' : 'done';
}

/** Its thinned losses. */
export function trialPicture({ trials }: SweepEntry, place: number): RunPicture | null {
  const news = trials[place];
  if (!news) return null;
  const finite = (losses: readonly number[]) => losses.map((loss) => (Number.isFinite(loss) ? loss : null));
  const { epochs, train, validation } = news;
  return { epochs, seconds: [], train: finite(train), validation: finite(validation), grid: null, fitted: null };
}
