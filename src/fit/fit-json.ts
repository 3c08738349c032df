/** What fit.json holds: the scores and what they mean, the members, and all that repeats the fit. */
import type { Notice } from '../data/table/notices.ts';
import { gatherRows } from '../engine/reference/evaluation.ts';
import { defaultLevel } from '../model/conformal.ts';
import { intervalsAt, scoreIntervals } from '../model/intervals.ts';
import type { Metrics } from '../model/metrics.ts';
import type { FitSettings } from '../spec/fit-settings.ts';
import { inEnglish } from '../util/message.ts';
import type { FitProgress, FitResult } from './result.ts';

export interface FitFacts {
  /** Name of the table's file. */
  file: string;
  settings: FitSettings;
  result: FitResult;
  /** Ended by hand. */
  interrupted: boolean;
  notices: readonly Notice[];
}

export function fitJson({ file, settings, result, interrupted, notices }: FitFacts) {
  const { data, dataSettings, heldOut, engine, plan, test } = result;
  return {
    command: 'fit',
    file,
    target: dataSettings.target,
    task: data.preprocessing.task,
    rows: {
      total: data.rows,
      train: data.sets.train.length,
      held_out: heldOut.rows.length,
      test: data.sets.test.length,
    },
    engine: { kind: engine.kind, adapter: engine.adapter, software: engine.software, why: inEnglish(engine.why) },
    settings: { data: dataSettings, fit: { minutes: settings.minutes, seed: settings.seed, plan } },
    members: membersFacts(result),
    networks: result.networks,
    diverged: result.diverged,
    interrupted,
    metrics: {
      held_out: result.metrics,
      linear: result.linear,
      baseline: result.baseline,
      test: test?.metrics ?? null,
    },
    gain: result.gain ?? null,
    more_rows: result.more ?? null,
    verdict: result.verdict,
    calibration: calibrationFacts(result),
    progress: result.progress.map(progressFacts),
    notices,
    seconds: Number(result.seconds.toFixed(3)),
  };
}

/** What tells members apart. */
export function membersFacts({ model, inputs }: FitResult) {
  return model.members.map(({ weight, settings, parameters }, place) => {
    const { model: network, training } = settings;
    const { optimizer } = training;
    return {
      weight,
      inputs: inputs[place],
      hidden: network.hidden,
      activation: network.activation,
      dropout: network.dropout,
      optimizer: optimizer.kind,
      learning_rate: optimizer.learning_rate,
      weight_decay: 'weight_decay' in optimizer ? optimizer.weight_decay : 0,
      schedule: training.schedule.kind,
      batch_size: training.batch_size,
      seed: training.seed,
      parameters: parameters.length,
    };
  });
}

/** How sure answers are: the temperature of classes, or how the intervals of numbers did on the held-out rows. */
export function calibrationFacts({ model, data, heldOut, test }: FitResult) {
  const { calibration } = model;
  if (calibration?.kind !== 'conformal') return calibration ?? null;
  const { kind, rows, coverage } = calibration;
  const intervals = intervalsAt(model);
  const targets = gatherRows(data.targets, data.outputs, heldOut.rows);
  return {
    kind,
    rows,
    level: defaultLevel,
    coverage: intervals ? coverage : null,
    /** In units of the target. */
    mean_width: intervals ? scoreIntervals(model, intervals, heldOut.outputs, targets).mean_width : null,
    test_coverage: test?.intervals?.coverage ?? null,
  };
}

/** The score that models are chosen by. */
export function scoreOf(metrics: Metrics): number {
  return 'rmse' in metrics ? metrics.rmse : metrics.log_loss;
}

function progressFacts({ seconds, networks, members, metrics }: FitProgress) {
  return {
    seconds: Number(seconds.toFixed(3)),
    networks,
    members,
    ...(metrics ? { score: scoreOf(metrics) } : {}),
  };
}
