/** A run whose device was lost goes on with another one, from its last checkpoint. In the worker. */
import type { Engine } from '../../engine/engine.ts';
import { type Run, resumeRun, train } from '../../train/trainer.ts';
import { messageOf } from '../reply.ts';
import type { Session, SessionSettings } from '../session.ts';
import type { Keeper } from './keeper.ts';
import { mayRecover, recovered } from './recovery.ts';

export interface Lost {
  session: Session;
  keeper: Keeper;
  reason: string;
  /** Another one. */
  engine(): Promise<Engine>;
  /** Drives the run that goes on. */
  follow(run: Run, settings: SessionSettings): Session;
}

export async function goOnElsewhere({ session, keeper, reason, engine, follow }: Lost): Promise<void> {
  const lost = `The GPU device was lost (${reason}).`;
  if (!mayRecover(keeper.entry)) {
    session.fail(`${lost} It was lost several times at this point. Reset starts again on a new one.`);
    return;
  }
  session.hold();
  try {
    const another = await engine();
    const { data } = session.run;
    const { last } = keeper;
    const run = last ? resumeRun(another, data, last) : train(another, data, keeper.entry.settings.trial);
    await run.plan();
    keeper.entry = recovered(keeper.entry, run.history.length, reason);
    void session.close();
    const next = follow(run, { seconds: last ? keeper.entry.seconds : 0, afresh: reason });
    await next.settle();
    if (session.state === 'running') next.play();
    else next.report();
  } catch (error) {
    session.release();
    session.fail(`${lost} A new one could not go on: ${messageOf(error)} Reset starts again.`);
  }
}
