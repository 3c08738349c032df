/**
 * What a run that has ended is worth and what to do next: the same sentences on the page, in the terminal and in the report.
 * Judged by validation rows where there are any: test rows have no say in what is tried next. The first notice is the verdict,
 * the others are what stands in its way, each with the change of settings that mends it where one does.
 */
import { info, type Notice, type NoticeFix, warning } from '../../data/table/notices.ts';
import type { RowSet } from '../../engine/engine.ts';
import { verdicts } from '../../messages/en/training/verdicts.ts';
import { type HeadlineName, headlineName } from '../../model/headline.ts';
import type { Metrics } from '../../model/metrics.ts';
import { missedClasses, type Usefulness, usefulnessOf } from '../../model/usefulness.ts';
import type { DataSettings } from '../../spec/data-settings.ts';
import { lossTable } from '../../spec/losses.ts';
import { message } from '../../util/message.ts';
import type { EpochRecord, Outcome } from '../progress.ts';
import type { Run } from '../trainer.ts';
import type { ResolvedTrial } from '../trials.ts';
import { stillFalling } from './loss-trend.ts';
import { overfittingNotices } from './overfitting.ts';

type BySet<Value> = Readonly<Record<RowSet, Value>>;

/** What there is to judge by. */
export interface EndedRun {
  history: readonly Pick<EpochRecord, 'train_loss' | 'validation_loss'>[];
  outcome: Pick<Outcome, 'stopped' | 'kept_epoch'>;
  trial: Pick<ResolvedTrial, 'model' | 'training'>;
  rows: BySet<number>;
  metrics: BySet<Metrics | null>;
  /** Of always giving the same answer. */
  baseline: BySet<Metrics | null>;
  /** Of the table and of what was made of it. */
  notices: readonly Notice[];
  class_weights: DataSettings['class_weights'];
}

/**
 * The error on held-out rows is this many times that on the training rows, and larger by this share of the baseline's, where
 * single rows were learned by heart: decision 19 has what more dropout did to runs on either side of these bounds.
 */
const memorizedTimes = 2;
const memorizedShare = 0.1;
/** Fewer held-out rows say little of how far two errors are apart. */
const fewestHeldOut = 20;
/** Whoever has taken less than this off the baseline's error on the training rows has hardly learned them. */
const leastLearned = 0.1;
/** Of the baseline's error: what is left of it is not worth more epochs. */
const negligible = 0.05;
/** What is added to the dropout there is, and where that ends. */
const dropoutStep = 0.2;
const mostDropout = 0.5;

/** Finds settings by itself, and compares them with a linear model. */
const search: NoticeFix = { command: 'fit' };

/** Empty where nothing can be said: the run diverged, or no epoch of it is kept. */
export function runVerdict(run: EndedRun): Notice[] {
  const { outcome, notices } = run;
  const scores = scoresOf(run);
  if (!scores || outcome.stopped === 'diverged' || outcome.kept_epoch === 0) return [];
  const leaks = notices.flatMap(({ topic, column }) => (topic === 'leak' && column !== undefined ? [column] : []));
  // No other sentence is true of scores that an answer among the columns has made.
  if (leaks.length > 0) return leaks.map(givenAway);
  const found = [...worthNotices(scores), ...missedNotices(run, scores)];
  const falling = fallingNotices(run, scores);
  if (falling.length > 0) return [...found, ...falling];
  return [...found, ...memorizedNotices(run, scores), ...underfittedNotices(scores)];
}

/** The same of a run as it stands; empty while it has not ended. @param table what is known of its table */
export function verdictOfRun(
  { history, trials: [{ trial, outcome }], data: { sets } }: Pick<Run, 'history' | 'trials' | 'data'>,
  scores: Pick<EndedRun, 'metrics' | 'baseline'>,
  table: Pick<EndedRun, 'notices' | 'class_weights'>,
): Notice[] {
  if (!outcome) return [];
  const rows = { train: sets.train.length, validation: sets.validation.length, test: sets.test.length };
  return runVerdict({ history, outcome, trial, rows, ...scores, ...table });
}

interface Scores {
  part: RowSet;
  rows: number;
  headline: HeadlineName;
  metrics: Metrics;
  use: Usefulness | undefined;
  /** Tells more than the headline does of how far training rows and others are apart. */
  error: 'rmse' | 'log_loss' | 'error_rate';
  own: number;
  baseline: number;
  training: number;
  trainingBaseline: number;
}

function scoresOf({ metrics, baseline, rows, trial }: EndedRun): Scores | undefined {
  const part = (['validation', 'test', 'train'] as const).find((name) => metrics[name]) ?? 'train';
  const [own, other] = [metrics[part], baseline[part]];
  if (!own || !other || !metrics.train || !baseline.train) return undefined;
  const headline = headlineName(baseline.train);
  const error = 'rmse' in own ? 'rmse' : lossTable[trial.training.loss].logits ? 'log_loss' : 'error_rate';
  const errorOf = (of: Metrics) => {
    if ('rmse' in of) return of.rmse;
    return error === 'log_loss' ? of.log_loss : 1 - of.accuracy;
  };
  return {
    part,
    rows: rows[part],
    headline,
    metrics: own,
    use: usefulnessOf(own, other, rows[part], headline),
    error,
    own: errorOf(own),
    baseline: errorOf(other),
    training: errorOf(metrics.train),
    trainingBaseline: errorOf(baseline.train),
  };
}

function isLearned({ training, trainingBaseline }: Scores): boolean {
  return training <= (1 - leastLearned) * trainingBaseline;
}

/** A search has to hold some rows out, of a truth table too. */
function isSearchable({ part, rows }: Scores): boolean {
  return part !== 'train' || rows >= fewestHeldOut;
}

function givenAway(column: string): Notice {
  return warning(message(verdicts, 'given_away', { column }), { column, fix: { setting: 'ignore', column } });
}

function worthNotices(scores: Scores): Notice[] {
  const { part, rows, headline: metric, use } = scores;
  if (!use) return [];
  const said = { metric, part, own: use.own, baseline: use.baseline };
  if (use.is === 'useless') {
    const unlearned = part !== 'train' && isLearned(scores) ? 'held_out' : isSearchable(scores) ? 'all' : 'few';
    const told = message(verdicts, 'not_useful', { ...said, unlearned });
    return [unlearned === 'few' ? warning(told) : warning(told, { fix: search })];
  }
  if (part === 'train') return [info(message(verdicts, 'learned_rows', said))];
  if (use.is === 'useful') return [info(message(verdicts, 'useful', said))];
  return [info(message(verdicts, 'perhaps_useful', { ...said, count: rows }))];
}

function missedNotices({ class_weights }: EndedRun, { metrics }: Scores): Notice[] {
  const missed = missedClasses(metrics);
  const weighted = class_weights === 'balanced';
  if (missed.length === 0) return [];
  const said = message(verdicts, 'classes_missed', { missed, weighted });
  return [weighted ? warning(said) : warning(said, { fix: { setting: 'class_weights', value: 'balanced' } })];
}

function fallingNotices({ history, outcome, trial }: EndedRun, { own, baseline }: Scores): Notice[] {
  const { epochs, schedule } = trial.training;
  const validated = history.every(({ validation_loss }) => validation_loss !== null);
  const losses = history.map(({ train_loss, validation_loss }) => validation_loss ?? train_loss);
  if (outcome.stopped !== 'epochs' || own < negligible * baseline) return [];
  if (!stillFalling(losses, schedule.kind)) return [];
  const said = { epochs, watched: validated ? ('validation' as const) : ('training' as const) };
  return [warning(message(verdicts, 'still_falling', said), { fix: { setting: 'epochs', value: 2 * epochs } })];
}

/** Of the two signs of overfitting the first that is found: validation that got worse, or an error far above that on the training rows. */
function memorizedNotices({ history, outcome, trial }: EndedRun, scores: Scores): Notice[] {
  const worse = overfittingNotices(history, outcome, trial.training.early_stopping);
  if (worse.length > 0) return worse;
  const { part, rows, error, own, baseline, training } = scores;
  const far = own >= memorizedTimes * training && own - training >= memorizedShare * baseline;
  if (part === 'train' || rows < fewestHeldOut || !far) return [];
  const before = Math.max(...[trial.model.dropout].flat());
  const value = Math.min(mostDropout, Number((before + dropoutStep).toFixed(3)));
  const dropout = trial.model.hidden.length > 0 && value > before;
  const said = message(verdicts, 'memorized', { error, part, own, train_score: training, dropout });
  return [warning(said, { fix: dropout ? { setting: 'dropout', value } : search })];
}

function underfittedNotices(scores: Scores): Notice[] {
  const { error, use, training, trainingBaseline } = scores;
  if (!use || use.is === 'useless' || isLearned(scores) || !isSearchable(scores)) return [];
  const said = message(verdicts, 'underfitted', { error, train_score: training, baseline: trainingBaseline });
  return [warning(said, { fix: search })];
}
