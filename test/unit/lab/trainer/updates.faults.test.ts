/** What no worker says, to a page by the way that its worker's words come: late, twice, of another run, or damaged. */

import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import type { Listener, Update } from '../../../../src/lab/protocol/messages.ts';

import { complaintInWords, stateInWords, troubleInWords } from '../../../../src/lab/trainer/status-text.ts';
import { Lab } from '../../../../src/lab/worker/lab.ts';
import { hostileValue, mutated, mutations } from '../../../support/data/hostile.ts';
import { faultSeed, times } from '../../../support/faults.ts';
import { endWorkers, page } from '../../../support/lab/page-here.ts';
import { unhandledDuring } from '../../../support/unhandled.ts';

afterEach(() => {
  endWorkers();
  vi.restoreAllMocks();
});

/** A page whose worker's updates are known, and can be said again. */
async function opened() {
  const told: Update[] = [];
  let tell: Listener = () => {};
  const watch = Lab.prototype.watch;
  vi.spyOn(Lab.prototype, 'watch').mockImplementation(function (this: Lab, listener) {
    tell = listener;
    watch.call(this, (update) => {
      told.push(structuredClone(update));
      return listener(update);
    });
  });
  vi.spyOn(console, 'info').mockImplementation(() => {});
  const here = page('curve');
  await here.reaches('done');
  here.trainer.controls.change('trial.training.epochs', 40);
  return { ...here, told, say: async (update: unknown) => tell(update as Update) };
}

type Page = Awaited<ReturnType<typeof opened>>;

/** Trains anew, and says something in between as often as the worker says how its run stands. */
async function trained({ trainer, told, until }: Page, between: () => Promise<void> = async () => {}) {
  const before = trainer.run;
  await trainer.apply();
  const { run } = trainer;
  expect(run?.id).not.toBe(before?.id);
  for (;;) {
    const length = told.length;
    await between();
    if (trainer.latest?.outcome && trainer.state === 'done') break;
    await until(() => told.length > length || trainer.state === 'done');
  }
  return trainer.history.records.map(({ number, train_loss }) => [number, train_loss]);
}

/** What is said of a page's state, which reads what it knows. */
function said({ trainer }: Page): string[] {
  return [stateInWords(trainer), troubleInWords(trainer), complaintInWords(trainer)];
}

const cases = times(60, 5_000);

test(`${cases} updates of seed ${faultSeed} that are late, come twice or are of another run change nothing`, async () => {
  const here = await opened();
  const { trainer, told, say } = here;
  const undisturbed = await trained(here);
  const places = fc.sample(fc.nat(), { seed: faultSeed, numRuns: cases });
  while (places.length > 0) {
    const losses = await trained(here, async () => {
      for (const place of places.splice(0, 20)) await say(structuredClone(told[place % told.length]));
    });
    expect(losses).toEqual(undisturbed);
    expect(trainer.latest?.outcome).toEqual(told.at(-1)?.outcome);
  }
  trainer.hostDisconnected();
}, 590_000);

test(`${cases} damaged updates and replies of seed ${faultSeed} leave a page that trains, and knows its run`, async () => {
  const here = await opened();
  const { trainer, told, say, worker } = here;
  const undisturbed = await trained(here);
  const drawn = fc.sample(fc.record({ at: fc.nat(), changes: mutations, value: hostileValue, kind: fc.nat(9) }), {
    seed: faultSeed,
    numRuns: cases,
  });
  while (drawn.length > 0) {
    const unhandled = await unhandledDuring(async () => {
      await trained(here, async () => {
        for (const { at, changes, value, kind } of drawn.splice(0, 20)) {
          if (kind === 0) worker().dispatchEvent(new MessageEvent('message', { data: value }));
          else {
            const update = kind === 1 ? value : mutated(told[at % told.length], changes);
            await say(update).catch((error: unknown) => expect(error).toBeInstanceOf(Error));
          }
          said(here);
        }
      });
    });
    expect(unhandled).toEqual([]);
    const { history } = trainer;
    expect(history.records.map(({ number }) => number)).toEqual(undisturbed.map(([number]) => number));
    expect(trainer.latest?.outcome).toBeTruthy();
    expect(await trained(here)).toEqual(undisturbed);
  }
  trainer.hostDisconnected();
}, 590_000);
