/** The first training of `train`, and what its scores say. */
import { type Notice, sortNotices, warning } from '../data/table/notices.ts';
import type { RowSet } from '../engine/engine.ts';
import { cli } from '../messages/en/command-line/cli.ts';
import { baselineMetrics, type Metrics } from '../model/metrics.ts';
import { changesText } from '../spec/changes.ts';
import { verdictOfRun } from '../train/results/verdict.ts';
import type { Run } from '../train/trainer.ts';
import { message } from '../util/message.ts';
import type { TrainCheckpoints } from './checkpoints/train-checkpoint.ts';
import type { Watch } from './interrupt.ts';
import { watchRun } from './output/progress.ts';
import type { MetricsBySet } from './output/scores.ts';
import type { TrainResult } from './output/train-text.ts';
import { withStatus } from './reading.ts';

/** Trains to the end, or until Ctrl-C, and scores. @param kept where the run is kept meanwhile */
export async function scoredRun(
  run: Run,
  watch: Watch,
  about: Pick<TrainResult, 'file' | 'rows' | 'data' | 'dataSettings'>,
  quiet: boolean | undefined,
  kept: TrainCheckpoints | undefined,
): Promise<TrainResult> {
  const { file, rows, data } = about;
  const { outcome, seconds } = await watchRun(watch, run, run.trials[0].initial.training.epochs, { kept });
  // What was changed before the first step is an initial setting.
  const trial = run.trials[0].initial;
  const scored = (metricsOf: (set: RowSet) => Promise<Metrics | null>) =>
    withStatus(file, 'scoring', () => metricsBySet(metricsOf), quiet);
  const metrics = await scored((set) => run.metrics(set));
  const baseline = await scored(async (set) => (data.sets[set].length > 0 ? baselineMetrics(data, set) : null));
  const notices = sortNotices([...rows.notices, ...data.notices]);
  const { class_weights } = about.dataSettings;
  return {
    ...about,
    engine: await run.engineInfo(),
    plan: await run.plan(),
    planWhy: await run.planWhy(),
    run,
    trial,
    outcome,
    seconds,
    metrics,
    baseline,
    notices: sortNotices([...notices, ...unmade(run)]),
    verdict: verdictOfRun(run, { metrics, baseline }, { notices, class_weights }),
    interrupted: outcome.stopped === 'interrupted',
    resumed: kept?.resumed ?? 0,
    files: [],
  };
}

async function metricsBySet(metricsOf: (set: RowSet) => Promise<Metrics | null>): Promise<MetricsBySet> {
  return { train: await metricsOf('train'), validation: await metricsOf('validation'), test: await metricsOf('test') };
}

/** Changes that were to be made after the last step. */
function unmade(run: Run): Notice[] {
  const [{ planned }] = run.trials;
  return planned.length > 0 ? [warning(message(cli, 'changes_unmade', { changes: changesText(planned) }))] : [];
}
