/** The run that is open as a page of its own, in the worker, which has all that is in it. Loaded when it is asked for. */

import type { DataSet } from '../../data/prepare/dataset.ts';
import type { RowSet } from '../../engine/engine.ts';
import { dataFacts } from '../../html/data-facts.ts';
import { pictureOf } from '../../html/picture.ts';
import { trainReport } from '../../html/train-report.ts';
import { baselineMetrics } from '../../model/metrics.ts';
import { changedSettings, changesText, repeated } from '../../spec/changes.ts';
import { commandOf } from '../../spec/shell.ts';
import { bestEpoch, networkWords, scheduleWords, trainingWords } from '../../train/results/summary.ts';
import { verdictOfRun } from '../../train/results/verdict.ts';
import type { Run } from '../../train/trainer.ts';
import { inEnglish } from '../../util/message.ts';
import { settingWords } from '../shared/setting-text.ts';
import { readingWords } from '../shared/table-source.ts';
import type { RunOf } from './run-of.ts';

const notRepeated =
  'This run was changed while it trained, at steps that are not known: the command and the link have its initial settings alone, and do not repeat it.';

/** What a session knows of its run. */
export interface Reported {
  readonly run: Run;
  readonly of: Pick<RunOf, 'table' | 'prepared' | 'engine'>;
  readonly seconds: number;
}

/** @param link the address that repeats the run in a browser */
export async function reportOf({ run, of, seconds }: Reported, link: string): Promise<string> {
  const { table, prepared, engine: choice } = of;
  const data = prepared.settings;
  const { history } = run;
  const [{ initial: trial, changes, planned, best }] = run.trials;
  const { initial_parameters: _, ...settings } = trial;
  const repeating = repeated(changes, planned);
  const outcome = run.outcome ?? {
    stopped: 'interrupted' as const,
    epochs_run: history.length,
    best_epoch: history[best]?.number ?? 0,
    kept_epoch: history.length,
    explanation: `Not ended: this is how it stands after epoch ${history.length}.`,
  };
  const network = networkWords(trial).replace(/, $/, '');
  const schedule = scheduleWords(trial);
  const words = [
    ...readingWords(table.reading ?? {}),
    ...settingWords({ trial, data, engine: choice, from: prepared.base?.named }, 'command'),
  ].flatMap(([name, text]) => [`--${name}`, text]);
  if (repeating && repeating.length > 0) words.push('--changes', changesText(repeating));
  const { kind, adapter, software, why } = await run.engineInfo();
  const notices = [...table.notices, ...run.data.notices];
  const metrics = {
    train: await run.metrics('train'),
    validation: await run.metrics('validation'),
    test: await run.metrics('test'),
  };
  const baseline = {
    train: baselineOf(run.data, 'train'),
    validation: baselineOf(run.data, 'validation'),
    test: baselineOf(run.data, 'test'),
  };
  const model = await run.modelData();
  return trainReport({
    target: data.target,
    data: dataFacts(table.source, table, run.data, data, notices),
    history,
    outcome: {
      ...outcome,
      verdict: verdictOfRun(run, { metrics, baseline }, { notices, class_weights: data.class_weights }),
      ended:
        `${outcome.explanation} ${bestEpoch(outcome, trial, run.data.sets.validation.length > 0)?.text ?? ''}`.trim(),
    },
    network: {
      units: [run.data.columns, ...run.layers.map(({ outputs }) => outputs)],
      words: `${network ? `Network: ${network}. ` : ''}Training: ${trainingWords(trial)}.${schedule ? ` Schedule: ${schedule}.` : ''}`,
      parameters: run.parameterCount,
    },
    settings: { data, trial: settings },
    changes: changedSettings(trial, changes),
    metrics,
    baseline,
    picture: await pictureOf(run.data, (features, rows) => run.predict(features, rows)),
    model: { ...model, origin: { ...model.origin, metrics, ...(prepared.base && { from: prepared.base.recorded }) } },
    origin: {
      command: commandOf(['train', table.source, ...words, ...(choice === 'auto' ? [] : ['--engine', choice])]),
      ...(repeating ? {} : { caution: notRepeated }),
      version: __VERSION__,
      runtime: `${navigator.userAgent.match(/(Firefox|Edg|Chrome|Version)\/[\d.]+/)?.[0].replace('/', ' ') ?? 'a browser'}; ${link}`,
      made: new Date(),
      engine: { kind, adapter, software, why: inEnglish(why) },
      plans: [{ name: await run.plan(), why: inEnglish(await run.planWhy()), code: run.planCode }],
      seconds,
    },
  });
}

function baselineOf(data: DataSet, set: RowSet) {
  return data.sets[set].length > 0 ? baselineMetrics(data, set) : null;
}
