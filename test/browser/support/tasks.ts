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
  const mains = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  // A browser keeps a renderer in reserve: the page's is the one with something to do.
  const [tasks] = mains
    .map((main) =>
      events.filter(
        ({ name, ph, pid, tid }) => /RunTask$/.test(name) && ph === 'X' && pid === main.pid && tid === main.tid,
      ),
    )
    .sort((a, b) => b.length - a.length);
  // The first or last may be seen in part only; where most have no time of their own, nothing has been measured.
  const times = (tasks ?? []).flatMap(({ tdur }) => (tdur === undefined ? [] : [tdur / 1000]));
  if (times.length < 0.9 * (tasks ?? []).length) throw new Error(`${times.length} tasks with a time of their own`);
  return times;
}

function ended(session: CDPSession): Promise<void> {
  return new Promise((resolve, reject) => {
    session.once('Tracing.tracingComplete', () => resolve());
    session.send('Tracing.end').catch(reject);
  });
}
