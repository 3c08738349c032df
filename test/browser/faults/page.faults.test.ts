/** Faults of browser and machine under a page that trains, two tabs that keep and remove at once, and a thousand runs in one page. */
import type { Browser, CDPSession } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunsController } from '../../../src/lab/runs/controller.ts';
import type { TrainerController } from '../../../src/lab/trainer/controller.ts';
import { faultSeed, times } from '../../support/faults.ts';
import { disturbances, putOn, withClocks } from '../support/disturbances.ts';
import { heapOfWorkers } from '../support/heap.ts';
import { type Lab, launch, withLab } from '../support/lab.ts';
import { anotherTab, keeps, keptRuns, losses } from '../support/tabs.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** What the page's element has. */
type App = HTMLElement & { trainer: TrainerController; runs: RunsController };

const spied = { serviceWorkers: 'block', prepare: withClocks } as const;

/** Numbers from 0 to 1 (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const rounds = times(1, 5);
const happened = rounds * Object.keys(disturbances).length;
test(
  `${happened} disturbances and ${rounds} reloads leave the bits of an undisturbed run, and sane figures`,
  () =>
    withLab(
      browser,
      async (lab) => {
        const random = generator(faultSeed);
        await lab.reaches('done');
        await lab.fill('trial.training.epochs', rounds === 1 ? '500' : '4000');
        await lab.restart();
        await lab.reaches('done');
        const undisturbed = await losses(lab);
        const cdp = await lab.page.context().newCDPSession(lab.page);
        for (let round = 0; round < rounds; round++) {
          // A short run waits for what is to happen to it.
          if (rounds === 1) await paced(lab, 50);
          await lab.restart('Train again');
          const begun = performance.now();
          await lab.trains(1 + Math.floor(20 * random()));
          await keeps(lab, 'running');
          await lab.page.reload();
          await lab.trains(1);
          if (rounds === 1) await paced(lab, 50);
          const order = Object.entries(disturbances).sort(() => random() - 0.5);
          for (const [name, happens] of order) {
            try {
              await lab.reaches('running');
              await happens({ browser, lab, cdp, long: rounds === 1 ? 40 : 2000 * random() ** 2 });
            } catch (error) {
              throw new Error(`${name}, round ${round} of seed ${faultSeed}`, { cause: error });
            }
          }
          await paced(lab, null);
          await lab.reaches('done');
          expect(await losses(lab), order.map(([name]) => name).join()).toEqual(undisturbed);
          await saneTimes(lab, (performance.now() - begun) / 1000);
        }
      },
      spied,
    ),
  590_000,
);

/** @param epochs a second; null is as fast as it can */
function paced(lab: Lab, epochs: number | null): Promise<void> {
  return lab.page.locator('lab-app').evaluate((app, epochs) => (app as App).trainer.worker.pace(epochs), epochs);
}

/** @param passed seconds since the run began, which slept for a day: of that a minute counts */
async function saneTimes(lab: Lab, passed: number): Promise<void> {
  const times = await lab.page.locator('lab-app').evaluate((app) => {
    const { history, latest } = (app as App).trainer;
    return [...history.records.map(({ seconds }) => seconds), latest?.seconds ?? Number.NaN];
  });
  times.forEach((seconds, index) => {
    expect(seconds).toBeGreaterThanOrEqual(Math.max(0, index > 0 && index < times.length - 1 ? times[index - 1] : 0));
  });
  expect(Math.max(...times)).toBeLessThan(passed + 61);
}

/** Trains a run of a few epochs with these settings and waits for its end. @returns the name that it is kept under */
function trainsOne(lab: Lab, settings: Record<string, unknown>): Promise<string> {
  return lab.page.locator('lab-app').evaluate(async (app, settings) => {
    const { trainer } = app as App;
    for (const [path, value] of Object.entries(settings)) trainer.controls.change(path as never, value);
    await trainer.apply();
    const run = trainer.run?.key ?? '';
    await new Promise<void>((resolve) => {
      const look = () => (trainer.latest?.outcome ? resolve() : requestAnimationFrame(look));
      look();
    });
    return run;
  }, settings);
}

function remove(lab: Lab, ids: string[]): Promise<void> {
  return lab.page.locator('lab-app').evaluate((app, ids) => (app as App).runs.remove(ids, 'runs'), ids);
}

function listed(lab: Lab): Promise<string[]> {
  return lab.page.locator('lab-app').evaluate((app) => (app as App).runs.runs.map(({ id }) => id).sort());
}

const acts = times(5, 100);
test(
  `two tabs at once train and remove ${2 * acts} times: no run is lost, and both list the same`,
  () =>
    withLab(browser, async (lab) => {
      await lab.reaches('done');
      const other = await anotherTab(lab);
      await other.reaches('done');
      const kept = new Set<string>();
      const removed = new Set<string>();
      const busy = async (tab: Lab, random: () => number) => {
        kept.add(await trainsOne(tab, { 'trial.training.epochs': 3 }));
        for (let act = 1; act < acts; act++) {
          const left = [...kept].filter((id) => !removed.has(id));
          if (random() < 0.6 || left.length < 3) kept.add(await trainsOne(tab, {}));
          else {
            const id = left[Math.floor(random() * left.length)];
            removed.add(id);
            await remove(tab, [id]);
          }
        }
      };
      await Promise.all([busy(lab, generator(faultSeed)), busy(other, generator(faultSeed + 1))]);
      const expected = [...kept].filter((id) => !removed.has(id)).sort();
      for (const tab of [lab, other]) {
        await expect.poll(async () => (await listed(tab)).filter((id) => kept.has(id))).toEqual(expected);
      }
      expect(await listed(lab)).toEqual(await listed(other));
    }),
  590_000,
);

interface Size {
  heap: number;
  nodes: number;
  listeners: number;
  workers: number;
  /** Of the worker, threads included. */
  worker: number;
  /** Kept on disk. */
  kept: number;
}

/** Once nothing is left that nobody needs. */
async function sizeOf({ page }: Lab, cdp: CDPSession): Promise<Size> {
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize: heap } = await cdp.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners: listeners } = await cdp.send('Memory.getDOMCounters');
  const worker = await heapOfWorkers(cdp);
  const kept = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
  return { heap, nodes, listeners, workers: page.workers().length, worker, kept };
}

const runs = times(8, 1000);
test(
  `${runs} runs of mixed shapes in one page end where they began`,
  () =>
    withLab(
      browser,
      async (lab) => {
        await lab.reaches('done');
        const cdp = await lab.page.context().newCDPSession(lab.page);
        const sizes: Size[] = [];
        const random = generator(faultSeed);
        const any = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)];
        // What is removed goes for good ten minutes later.
        await putOn(lab, 'calendar', -3_600_000);
        for (let run = 0; run < runs; run++) {
          const id = await trainsOne(lab, {
            'trial.training.epochs': 2,
            'trial.model.hidden': any([[4], [16, 16], [64, 32, 16], [150, 150]]),
            'trial.model.activation': any(['tanh', 'relu', 'gelu', 'sigmoid']),
            'trial.training.batch_size': any([1, 8, 64, 400]),
            'trial.training.seed': run,
          });
          await remove(lab, [id]);
          if (run % Math.floor(runs / 4) === Math.floor(runs / 4) - 1) sizes.push(await sizeOf(lab, cdp));
        }
        if (process.env.FAULTS) console.info(JSON.stringify(sizes));
        const [first, ...others] = sizes;
        for (const size of others) {
          expect(size.heap - first.heap).toBeLessThan(1_000_000);
          // It may be reading what is kept, removed runs among it: 2 kB each.
          expect(size.worker - first.worker).toBeLessThan(1_000_000 + 2000 * runs);
          expect(size.nodes / first.nodes).toBeLessThan(1.1);
          expect(size.listeners / first.listeners).toBeLessThan(1.1);
          expect(size.workers).toBe(first.workers);
        }
        await lab.page.reload();
        await lab.reaches('done');
        await expect.poll(() => keptRuns(lab)).toBeLessThanOrEqual(2);
      },
      spied,
    ),
  590_000,
);
