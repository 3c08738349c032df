/** `train --out` that was killed goes on: from whatever its folder had, to the same bits, and with nothing else. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TrainCheckpoints, type TrainPart } from '../../../../src/cli/checkpoints/train-checkpoint.ts';
import { trainIdentity } from '../../../../src/cli/checkpoints/train-identity.ts';
import { refitOnAllRows } from '../../../../src/cli/refit.ts';
import { generate } from '../../../../src/data/prepare/generate.ts';
import type { Notice } from '../../../../src/data/table/notices.ts';
import { createReferenceEngine } from '../../../../src/engine/reference/engine.ts';
import { checkData } from '../../../../src/spec/check.ts';
import type { TrialInput } from '../../../../src/spec/settings.ts';
import type { Run } from '../../../../src/train/trainer.ts';
import { RunError } from '../../../../src/util/errors.ts';
import { textsOf } from '../../../support/data/tables.ts';
import { prepare, train } from '../../../support/first-defaults.ts';
import { type MemoryStore, memoryStore } from '../../../support/sweeps/memory-store.ts';

const engine = createReferenceEngine('reference', 'asked for');
const table = generate('curve', { rows: 40, seed: 4 });
const dataSettings = checkData({ target: 'y' });
const settings: TrialInput = {
  model: { hidden: [4] },
  training: { epochs: 8, batch_size: 4, early_stopping: { patience: 2 }, seed: 1 },
};
const changes = [{ step: 13, learning_rate: 0.05 }];

/** By the clock a look takes four seconds: every few epochs a save is due. */
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => {
    now += 4000;
    return now;
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

interface Given {
  settings?: TrialInput;
  rows?: number;
  flags?: object;
  signal?: AbortSignal;
  eachEpoch?: () => void;
}

/** As the command does it: the training, then the one on all rows. */
async function trained(store: MemoryStore, given: Given = {}) {
  const { rows = 40, flags = {}, signal = new AbortController().signal } = given;
  const own = rows === 40 ? table : generate('curve', { rows, seed: 4 });
  const data = prepare(own, { target: 'y' });
  const whole = prepare(own, { target: 'y', split: { train: 1 } });
  const fresh = train(engine, data, given.settings ?? settings, changes);
  const notices: Notice[] = [];
  const kept = await TrainCheckpoints.open(store, await trainIdentity(fresh, dataSettings, flags), notices);
  const toEnd = (part: TrainPart, run: Run) =>
    kept.keeping(part, run, signal, async () => {
      while (await run.epoch()) {
        given.eachEpoch?.();
        vi.advanceTimersByTime(500);
      }
      if (!run.outcome) throw new Error('a run has not ended');
      return { outcome: run.outcome, seconds: 0 };
    });
  const run = await kept.resume('train', fresh);
  await toEnd('train', run);
  const refitted = await refitOnAllRows(
    engine,
    whole,
    run,
    (again) => toEnd('refit', again),
    (again) => kept.resume('refit', again),
  );
  const history = run.history.map(({ seconds: _, ...record }) => record);
  const parameters = [(await run.model()).members[0].parameters, refitted.model?.members[0].parameters];
  return {
    result: { history, parameters, outcome: run.outcome, epochs: refitted.epochs },
    resumed: kept.resumed,
    notices,
  };
}

async function straight() {
  return (await trained(memoryStore())).result;
}

describe('a run that is kept', () => {
  it('goes on from whatever moment it was killed at, in either training', async () => {
    const store = memoryStore();
    const expected = await straight();
    expect((await trained(store)).result).toEqual(expected);
    const moments = store.moments();
    expect(moments.filter((moment) => moment.names().includes('refit')).length).toBeGreaterThan(1);
    expect(moments.length).toBeGreaterThan(5);
    const resumed: number[] = [];
    for (const moment of moments) {
      const again = await trained(moment);
      expect(again.result).toEqual(expected);
      expect(again.notices).toEqual([]);
      resumed.push(again.resumed);
    }
    expect(resumed[0]).toBe(0);
    expect(Math.max(...resumed)).toBeGreaterThan(expected.history.length);
  });

  it('is kept as it is when it is ended by hand', async () => {
    const store = memoryStore();
    const abort = new AbortController();
    let epochs = 0;
    const fresh = train(engine, prepare(table, { target: 'y' }), settings, changes);
    const kept = await TrainCheckpoints.open(store, await trainIdentity(fresh, dataSettings, {}), []);
    abort.signal.addEventListener('abort', () => fresh.stop());
    await kept.keeping('train', fresh, abort.signal, async () => {
      while (await fresh.epoch()) if (++epochs === 2) abort.abort();
    });
    expect(fresh.outcome?.stopped).toBe('interrupted');
    const again = await trained(store);
    expect(again.resumed).toBeGreaterThanOrEqual(2);
    expect(again.result).toEqual(await straight());
  });

  it.each<[string, Given, string]>([
    [
      'other settings',
      { settings: { ...settings, training: { ...settings.training, epochs: 9 } }, flags: { engine: 'cpu' } },
      '--resume: the run was begun with other settings: engine "auto" and not "cpu", epochs 8 and not 9. Give those, name another folder, or begin anew with --overwrite.',
    ],
    [
      'another plan',
      { flags: { plan: 'cpu:simd' } },
      '--resume: the run was begun with other settings: plan none and not "cpu:simd". Give those, name another folder, or begin anew with --overwrite.',
    ],
    [
      'more rows',
      { rows: 50 },
      '--resume: the run was begun on another table: 40 rows with 1 feature, and not 50 rows with 1 feature. Give that, name another folder, or begin anew with --overwrite.',
    ],
  ])('is not gone on with by %s', async (_, given, said) => {
    const store = memoryStore();
    await trained(store);
    const before = store.moments().length;
    await expect(trained(store, given)).rejects.toMatchObject({ message: said, where: 'resume' });
    expect(store.moments()).toHaveLength(before);
  });

  it.each<[string, TrainPart, (value: { version: number; run: { steps: number } }) => void, string]>([
    [
      'is of another version',
      'train',
      (value) => Object.assign(value, { version: 1 }),
      'train: kept by another version of the program. What was kept there is trained again.',
    ],
    [
      'holds other steps',
      'refit',
      ({ run }) => Object.assign(run, { steps: 3 }),
      'refit: holds something else than it should. What was kept there is trained again.',
    ],
  ])('is trained again where what was kept %s, and that is said', async (_, part, damage, said) => {
    const store = memoryStore();
    await trained(store);
    const value = (await store.read(part)) as { version: number; run: { steps: number } };
    damage(value);
    await store.write(part, value);
    const { result, notices } = await trained(store);
    expect(result).toEqual(await straight());
    expect(textsOf(notices)).toEqual([said]);
  });

  it('is trained from its beginning where another plan has begun it', async () => {
    const store = memoryStore();
    await trained(store);
    const value = (await store.read('train')) as { run: { population: { plan: string } } };
    value.run.population.plan = 'resident';
    await store.write('train', value);
    const { result, notices } = await trained(store);
    expect(result).toEqual(await straight());
    expect(textsOf(notices)).toEqual([
      expect.stringMatching(
        /^The run could not go on, and was trained from its beginning: The checkpoint is of plan resident/,
      ),
    ]);
  });

  it('trains on where it cannot be kept, and says so once', async () => {
    const failing = memoryStore();
    const write = failing.write;
    failing.write = (name, value) =>
      (value as { run: unknown }).run ? Promise.reject(new RunError('the disk is full')) : write(name, value);
    const { result, notices } = await trained(failing);
    expect(result).toEqual(await straight());
    expect(textsOf(notices)).toEqual([
      'The run could not be kept, and --resume may not go on with it: the disk is full',
    ]);
  });
});
