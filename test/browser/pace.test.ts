/** The page's manners: no long task while it trains, a light first load, and training that goes on where nobody looks. */
import { gzipSync } from 'node:zlib';
import type { Browser, CDPSession } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Lab, launch, withLab } from './lab.ts';

/** Longest task of the main thread, in milliseconds of its own time: what other processes take does not count. */
const longestTask = 50;
/** Everything that is asked for until the first epoch is drawn, the worker included. */
const firstLoad = 250_000;

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

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
async function tasksDuring(lab: Lab, during: () => Promise<void>): Promise<number[]> {
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

test('no task of the main thread is long while a run trains', () =>
  withLab(browser, async (lab) => {
    await lab.trains(1);
    await lab.fill('trial.training.epochs', '100000');
    await lab.button('Restart').click();
    await lab.trains(5);
    const epoch = await lab.epoch();
    const tasks = await tasksDuring(lab, () => lab.trains(epoch + 100));
    expect(tasks.length).toBeGreaterThan(100);
    expect(Math.max(...tasks)).toBeLessThan(longestTask);
  }));

test('what is loaded before the first epoch is light', async () => {
  const sizes = new Map<string, Promise<number>>();
  await withLab(
    browser,
    async (lab) => {
      await lab.trains(1);
      const bytes = await Promise.all(sizes.values());
      expect(sizes.size).toBeGreaterThan(2);
      expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(firstLoad);
    },
    {
      // The copy that is kept for offline use is fetched after the page works, and is not counted.
      serviceWorkers: 'block',
      prepare: async (page) => {
        page.on('response', (response) => {
          sizes.set(
            response.url(),
            response.body().then((body) => gzipSync(body, { level: 9 }).length),
          );
        });
      },
    },
  );
});
