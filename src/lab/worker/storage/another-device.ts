/** A run whose device was lost goes on with another one, from its last checkpoint. In the worker. */
import type { Engine } from '../../../engine/engine.ts';
import { page } from '../../../messages/en/page.ts';
import type { Trial } from '../../../spec/settings.ts';
import { type PlannedChange, type Run, train } from '../../../train/trainer.ts';
import { saidBy } from '../../../util/errors.ts';
import { message, type Said } from '../../../util/message.ts';
import type { RunEntry } from '../../protocol/runs.ts';
import { initialSettings, repeatedChanges } from '../../shared/live-steps.ts';
import type { StartedRun } from '../own-engine.ts';
import type { Session, SessionSettings } from '../session.ts';
import { mayRecover, recovered } from './recovery.ts';
import type { RunSaver } from './run-saver.ts';

export interface Lost {
  session: Session;
  keeper: RunSaver;
  reason: Said;
  /** A run on another one, once that has its population. */
  make(made: (engine: Engine) => Run): Promise<StartedRun>;
  /** Drives the run that goes on. */
  follow(started: StartedRun, settings: SessionSettings): Session;
  /** As a person does: a sweep may train meanwhile. */
  play(): void;
}

/** Its initial settings, and the changes that were made since and those that are to come. */
function fromTheStart(entry: RunEntry): [Trial, PlannedChange[]] {
  return [initialSettings(entry).trial, repeatedChanges(entry) ?? []];
}

export async function goOnElsewhere({ session, keeper, reason, make, follow, play }: Lost): Promise<void> {
  if (!mayRecover(keeper.entry)) {
    session.fail(message(page, 'device_lost_often', { why: reason }));
    return;
  }
  session.hold();
  try {
    const { data } = session.run;
    const { last } = keeper;
    const { resumeRun } = await import('../../../train/resume.ts');
    const started = await make((another) =>
      last ? resumeRun(another, data, last) : train(another, data, ...fromTheStart(keeper.entry)),
    );
    keeper.entry = recovered(keeper.entry, started.run.history.length, reason);
    void session.close();
    const next = follow(started, { seconds: last ? keeper.entry.seconds : 0, afresh: reason });
    await next.settle();
    if (session.state === 'running') play();
    next.report();
  } catch (error) {
    session.release();
    session.fail(message(page, 'device_not_replaced', { why: reason, problem: saidBy(error) }));
  }
}
