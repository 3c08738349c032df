/** Tasks of the page's main thread, measured in its own time: what other processes take does not count. */
import type { CDPSession } from 'playwright';
import type { Lab } from './lab.ts';

/** Milliseconds that no task takes while something trains. */
export const longestTask = 50;

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Thread time in microseconds. */
  tdur?: number;
  args: { name?: string };
}

/** Milliseconds of thread time of every task of the page's main thread while something goes on. */
export async function tasksDuring(lab: Lab, during: () => Promise<void>): Promise<number[]> {
  const session = await lab.page.context().newCDPSession(lab.page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'disabled-by-default-devtools.timeline', '__metadata'] },
  });
  await during();
  await ended(session);
  const main = events.find(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const tasks = events.filter(
    ({ name, ph, pid, tid }) => /RunTask$/.test(name) && ph === 'X' && pid === main?.pid && tid === main?.tid,
  );
  return tasks.map(({ tdur = 0 }) => tdur / 1000);
}

function ended(session: CDPSession): Promise<void> {
  return new Promise((resolve, reject) => {
    session.once('Tracing.tracingComplete', () => resolve());
    session.send('Tracing.end').catch(reject);
  });
}
