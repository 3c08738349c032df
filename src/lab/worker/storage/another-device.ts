/**
 * A run goes on from its checkpoint: where it is opened again, or on another device where its own was lost; on the CPU where there
 * is none for it. In the worker, loaded once that happens.
 */
import type { DataSet } from '../../../data/prepare/dataset.ts';
import type { Engine } from '../../../engine/engine.ts';
import { portableCheckpoint } from '../../../engine/portable.ts';
import { page } from '../../../messages/en/page.ts';
import type { TrialInput } from '../../../spec/settings.ts';
import type { RunCheckpoint } from '../../../train/checkpoint.ts';
import { resumeRun } from '../../../train/resume.ts';
import { type PlannedChange, type Run, train } from '../../../train/trainer.ts';
import { saidBy } from '../../../util/errors.ts';
import { message, type Said } from '../../../util/message.ts';
import type { EngineChoice } from '../../protocol/messages.ts';
import type { RunEntry } from '../../protocol/runs.ts';
import { initialSettings, repeatedChanges } from '../../shared/live-steps.ts';
import type { LoadedBase } from '../base/base-model.ts';
import type { StartedRun } from '../own-engine.ts';
import type { Session, SessionSettings } from '../session.ts';
import { mayRecover, recovered } from './recovery.ts';
import type { RunSaver } from './run-saver.ts';

/** A run on an engine of this kind, once that has its population. */
export type Make = (choice: EngineChoice, made: (engine: Engine) => Run) => Promise<StartedRun>;

export interface Lost {
  session: Session;
  keeper: RunSaver;
  reason: Said;
  /** The engine that was held. */
  choice: EngineChoice;
  make: Make;
  wait(milliseconds: number): Promise<void>;
  /** Drives the run that goes on, on an engine that is held as of this kind. */
  follow(started: StartedRun, held: EngineChoice, settings: SessionSettings): Session;
  /** As a person does: a sweep may train meanwhile. */
  play(): void;
}

/** After a second crash browsers give no adapter for a while: milliseconds until they are asked again. */
const pauses = [250, 500, 1000, 2000];

/** Its initial settings, and the changes that were made since and those that are to come. */
function fromTheStart(entry: RunEntry, base: LoadedBase | undefined): [TrialInput, PlannedChange[]] {
  const { trial } = initialSettings(entry);
  return [base ? base.trial(trial) : trial, repeatedChanges(entry) ?? []];
}

/**
 * From a checkpoint of any engine, with other last digits than on that one.
 * @param parameters of the run
 */
function resumeOnCpu(make: Make, data: DataSet, checkpoint: RunCheckpoint, parameters: number): Promise<StartedRun> {
  return make('cpu', (engine) => {
    const population = portableCheckpoint(checkpoint.population, parameters);
    return resumeRun(engine, data, { ...checkpoint, population });
  });
}

/**
 * A run that was kept, on its engine; else on the CPU, and why; or why it cannot go on, as from a damaged checkpoint: its settings
 * are still good.
 */
export async function resumeKept(
  make: Make,
  { settings, parameters, recovered: before }: RunEntry,
  data: DataSet,
  checkpoint: RunCheckpoint,
): Promise<(StartedRun & { why?: Said }) | { why: Said }> {
  // A GPU goes on with no checkpoint of the CPU: it is not asked again.
  const moved = before.find((recovery) => recovery.moved)?.reason;
  try {
    const choice = moved === undefined ? settings.engine : 'cpu';
    const started = await make(choice, (engine) => resumeRun(engine, data, checkpoint));
    return moved === undefined ? started : { ...started, why: moved };
  } catch (error) {
    const why = saidBy(error);
    console.info('The run that was open cannot go on as it was:', error);
    try {
      return { ...(await resumeOnCpu(make, data, checkpoint, parameters)), why: moved ?? why };
    } catch (refused) {
      console.info('Nor on the CPU:', refused);
      return { why };
    }
  }
}

/** Undefined where there is no engine for it, also after a while. */
async function tried(begin: () => Promise<StartedRun>, wait: Lost['wait']): Promise<StartedRun | undefined> {
  for (const pause of [0, ...pauses]) {
    if (pause > 0) await wait(pause);
    try {
      return await begin();
    } catch (error) {
      console.info('There is no device for the run yet:', error);
    }
  }
  return undefined;
}

/** @throws where the CPU cannot go on either */
export async function goOnElsewhere(lost: Lost): Promise<void> {
  const { session, keeper, reason, choice, make, wait, follow, play } = lost;
  if (!mayRecover(keeper.entry)) {
    session.driver.release();
    session.driver.fail(message(page, 'device_lost_often', { why: reason }));
    return;
  }
  session.driver.hold();
  const { data, parameterCount } = session.run;
  const { entry, last } = keeper;
  const start = fromTheStart(entry, session.of.prepared.base);
  // On its plan, so that `auto` takes no CPU for it before the GPU has had its time.
  const again = (engine: Engine) =>
    last ? resumeRun(engine, data, last) : train(engine, data, ...start, entry.engine.plan_code);
  const anew = (engine: Engine) => train(engine, data, ...start);
  const own = await tried(() => make(choice, again), wait);
  const started = own ?? (await (last ? resumeOnCpu(make, data, last, parameterCount) : make('cpu', anew)));
  const why = own ? reason : message(page, 'device_gone', { why: reason });
  const engine = { choice: entry.engine.choice, ...started.trainer, ...(!own && { why }) };
  keeper.entry = recovered({ ...keeper.entry, engine }, started.run.history.length, why, !own);
  void session.close();
  const next = follow(started, own ? choice : 'cpu', { seconds: last ? entry.seconds : 0, afresh: why, engine });
  await next.driver.settle();
  if (session.state === 'running') play();
  next.report();
}
