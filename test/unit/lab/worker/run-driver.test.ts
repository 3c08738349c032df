/** How a run is driven, without an engine: its epochs end when the test says so. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type DrivenRun, RunDriver } from '../../../../src/lab/worker/run-driver.ts';
import type { EpochRecord, Outcome } from '../../../../src/train/trainer.ts';
import { InputError } from '../../../../src/util/errors.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function driven(epochs: number) {
  const history: EpochRecord[] = [];
  let end: (error?: Error) => void = () => {};
  const run = {
    history,
    outcome: undefined as Outcome | undefined,
    stepsDone: 0,
    pause: vi.fn(),
    resume: vi.fn(),
    destroy: vi.fn(async () => {}),
    epoch: async () =>
      !run.outcome &&
      new Promise<boolean>((resolve, reject) => {
        end = (error) => {
          if (error) return reject(error);
          history.push({ number: history.length + 1 } as EpochRecord);
          run.stepsDone += 10;
          if (history.length === epochs) run.outcome = { stopped: 'epochs' } as Outcome;
          resolve(true);
        };
      }),
  };
  const told: (number | string)[] = [];
  const driver: RunDriver = new RunDriver(run as DrivenRun, {
    epoch: async (number) => void told.push(number),
    ended: async () => void told.push('ended'),
    moved: () => void told.push(driver.state),
  });
  const turns = () => vi.advanceTimersByTimeAsync(0);
  /** Ends the epoch in progress. */
  const ends = async (error?: Error) => {
    await turns();
    end(error);
    await turns();
  };
  return { run, driver, told, turns, ends };
}

test('it plays to the end, and says so when what is told of the end is done', async () => {
  const { driver, told, ends } = driven(2);
  driver.play();
  await ends();
  await ends();
  expect(told).toEqual(['running', 0, 1, 'ended', 'done']);
  driver.play();
  expect(driver.state).toBe('done');
});

test('a step is one epoch', async () => {
  const { driver, told, ends } = driven(5);
  driver.step();
  await ends();
  expect(told).toEqual(['running', 0, 1, 'paused']);
});

test('a pause holds at the end of an epoch that is near, else halfway', async () => {
  const near = driven(5);
  near.driver.play();
  await near.turns();
  near.driver.pause();
  expect(near.driver.state).toBe('running');
  await near.ends();
  expect(near.driver.state).toBe('paused');
  await vi.runAllTimersAsync();
  expect(near.run.pause).not.toHaveBeenCalled();

  const far = driven(5);
  far.driver.play();
  await far.turns();
  far.driver.pause();
  await vi.runAllTimersAsync();
  expect(far.driver.state).toBe('paused');
  expect(far.run.pause).toHaveBeenCalledTimes(1);
});

test('what fails on the engine ends the run a moment later, unless its device is being replaced', async () => {
  const failing = driven(5);
  failing.driver.play();
  await failing.ends(new Error('the device is gone'));
  expect(failing.driver.state).toBe('running');
  await vi.runAllTimersAsync();
  expect([failing.driver.state, failing.driver.failure]).toEqual(['failed', 'the device is gone']);
  expect(await failing.driver.attempt(async () => 1)).toBeNull();

  const held = driven(5);
  held.driver.play();
  held.driver.hold();
  await held.ends(new Error('the device is gone'));
  await vi.runAllTimersAsync();
  expect([held.driver.state, held.driver.failure]).toEqual(['running', null]);
});

test('a sentence for a person says nothing against the run; another error does', async () => {
  const { driver } = driven(5);
  const refuse = async () => {
    throw new InputError('no such column');
  };
  await expect(driver.attempt(refuse)).rejects.toThrow('no such column');
  expect(await driver.attempt(() => Promise.reject(new Error('lost')))).toBeNull();
  await vi.runAllTimersAsync();
  expect(driver.failure).toBe('lost');
});

test('one that is let go of is destroyed, and nothing is told any more', async () => {
  const { run, driver, told, ends } = driven(5);
  driver.play();
  await driver.close();
  await ends();
  expect(run.destroy).toHaveBeenCalledTimes(1);
  expect(told).not.toContain('paused');
  driver.fail('late');
  expect(driver.failure).toBeNull();
});
