/** What the worker does for the page, in this process: which run is trained on what, and what outlives what. */

import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Reply, Source, StartRequest } from '../../../../src/lab/protocol/messages.ts';
import type { SweepNews } from '../../../../src/lab/protocol/sweep.ts';
import { Lab } from '../../../../src/lab/worker/lab.ts';
import { Run } from '../../../../src/train/trainer.ts';
import { InputError } from '../../../../src/util/errors.ts';
import { nextTask } from '../../../../src/util/yielding.ts';
import { updatesOf } from '../../../support/lab/updates.ts';

// Node 20 has none.
vi.stubGlobal('navigator', { userAgent: 'Chrome/1.0' });
// That nothing is kept here.
vi.spyOn(console, 'info').mockImplementation(() => {});

const table = (name: string, columns: [string, string], rows = 40): Source => ({
  name,
  text: [columns.join(','), ...Array.from({ length: rows }, (_, row) => `${row},${(row * 7) % 11}`)].join('\n'),
});

const settings = (changes: Partial<StartRequest> & { epochs?: number } = {}): StartRequest => ({
  trial: { model: { hidden: [3] }, training: { epochs: changes.epochs ?? 3, batch_size: 8 } },
  data: changes.data ?? { target: 'y' },
  engine: changes.engine ?? 'cpu',
});

async function had<Value>(reply: Promise<Reply<Value>>): Promise<Value> {
  const answer = await reply;
  if (!answer.ok) throw new InputError(answer.problem.message);
  return answer.value;
}

/** A worker whose run waits at epoch 0, and what it tells. */
async function begun(request = settings()) {
  const lab = new Lab();
  const { until, next, told } = updatesOf(lab);
  await had(lab.open(table('one.csv', ['x', 'y']), { target: 'y' }));
  const run = await had(lab.start(request));
  labs.push(lab);
  return { lab, run, until, next, told };
}

const labs: Lab[] = [];
afterEach(() => {
  for (const lab of labs.splice(0)) {
    lab.pause();
    lab.sweeps.stop();
  }
});

/** A sweep, begun, and its last news. */
async function sweeping(lab: Lab, engine: StartRequest['engine'], seeds = 2): Promise<{ ended: Promise<SweepNews> }> {
  let end: (news: SweepNews) => void = () => {};
  const ended = new Promise<SweepNews>((resolve) => {
    end = resolve;
  });
  const request = { sweep: { base: settings().trial, grid: {}, seeds }, data: { target: 'y' }, engine };
  const listener = (news: SweepNews) => {
    if (news.end || news.failure) end(news);
  };
  await had(lab.sweeps.start(request, '', listener));
  return { ended };
}

describe('a sweep', () => {
  test('on another engine leaves the single run as it is, which goes on on its own', async () => {
    const { lab, run, until } = await begun();
    const news = await (await sweeping(lab, 'reference')).ended;
    expect(news.failure).toBeNull();
    expect(news.end).not.toBeNull();
    lab.play();
    const end = await until(({ outcome }) => outcome !== null);
    expect(end).toMatchObject({ run: run.id, state: 'done', failure: null });
  });

  test('goes on where the single run begins anew on another engine', async () => {
    const { lab } = await begun();
    const sweep = await sweeping(lab, 'cpu', 20);
    await had(lab.start(settings({ engine: 'reference' })));
    const { end, failure } = await sweep.ended;
    expect(failure).toBeNull();
    expect(end?.interrupted).toBe(false);
  });
});

describe('how long a sweep would take', () => {
  /** Nothing stops it early. */
  const whole = (epochs: number) => {
    const { trial, ...others } = settings({ epochs });
    return { ...others, trial: { ...trial, training: { ...trial.training, early_stopping: false as const } } };
  };
  const request = (epochs: number) => {
    const { trial: base, data, engine } = whole(epochs);
    return { sweep: { base, grid: {}, seeds: 2 }, data, engine };
  };

  test('is measured on an engine of its own, while the run stands', async () => {
    const { lab, run, until } = await begun();
    const estimate = await had(lab.sweeps.estimate(request(100_000)));
    expect(estimate).toMatchObject({ engines: ['cpu'] });
    expect(estimate?.seconds).toBeGreaterThan(1);
    lab.play();
    const end = await until(({ outcome }) => outcome !== null);
    expect(end).toMatchObject({ run: run.id, state: 'done', failure: null });
  });

  test('is given up where the run trains, and not measured while it does', async () => {
    const { lab, until } = await begun(whole(1_000_000));
    const measured = lab.sweeps.estimate(request(100_000));
    lab.play();
    expect(await had(measured)).toBeNull();
    expect(await had(lab.sweeps.estimate(request(3)))).toBeNull();
    lab.pause();
    await until(({ state }) => state === 'paused');
    expect(await had(lab.sweeps.estimate(request(3)))).not.toBeNull();
  });

  test('is given up where a sweep starts, or another is asked for', async () => {
    const { lab } = await begun();
    const first = lab.sweeps.estimate(request(100_000));
    const second = lab.sweeps.estimate(request(200_000));
    expect(await had(first)).toBeNull();
    await had(lab.sweeps.start(request(1_000_000), '', () => {}));
    expect(await had(second)).toBeNull();
    expect(await had(lab.sweeps.estimate(request(3)))).toBeNull();
    await lab.sweeps.end();
    expect(await had(lab.sweeps.estimate(request(3)))).not.toBeNull();
  });

  test('is refused where the sweep would be', async () => {
    const { lab } = await begun();
    const refused = { ...request(3), sweep: { base: { model: { hidden: [-1] } } } };
    expect(await lab.sweeps.estimate(refused)).toMatchObject({ ok: false });
  });
});

describe('the run', () => {
  test('has its time and speed from its training, not from the scores and sentences that come after it', async () => {
    const { lab, until } = await begun();
    const now = performance.now.bind(performance);
    let later = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now() + later);
    const { metrics } = Run.prototype;
    const scored = vi.spyOn(Run.prototype, 'metrics').mockImplementation(function (this: Run, ...given) {
      later += 1_000_000;
      return metrics.apply(this, given);
    });
    onTestFinished(() => {
      clock.mockRestore();
      scored.mockRestore();
    });
    lab.play();
    const { seconds, steps_per_second } = await until(({ outcome }) => outcome !== null);
    expect(scored).toHaveBeenCalled();
    expect(seconds).toBeLessThan(1000);
    expect(steps_per_second).toBeGreaterThan(0.1);
  });

  test('stays where another is refused, whatever engine that asked for', async () => {
    const { lab, run, until } = await begun();
    expect((await lab.start(settings({ engine: 'webgpu' }))).ok).toBe(false);
    expect((await lab.start({ ...settings({ engine: 'reference' }), data: { target: 'nowhere' } })).ok).toBe(false);
    lab.play();
    expect((await until(({ outcome }) => outcome !== null)).run).toBe(run.id);
  });

  test('is told of by the table it was trained on, whatever is open', async () => {
    const { lab } = await begun();
    await had(lab.open(table('another.csv', ['time', 'price'], 30), { target: 'price' }));
    const report = await lab.reportPage('');
    expect(report).toContain('one.csv');
    expect(report).not.toContain('another.csv');
    expect(report).toContain('<span>--engine</span> <span>cpu</span>');
    expect((await lab.predictions.form())?.fields.map(({ column }) => column)).toEqual(['x']);
  });

  test('of another table does not train by itself when a sweep ends that held the one before', async () => {
    const { lab, next } = await begun(settings({ epochs: 1000 }));
    lab.play();
    const sweep = await sweeping(lab, 'cpu', 20);
    const { id } = await had(lab.start(settings()));
    await sweep.ended;
    // By then it has let go of what it held.
    await lab.sweeps.end();
    const said = next(({ run }) => run === id);
    lab.report();
    expect((await said).state).toBe('ready');
  });

  test('that was kept by a version with other random numbers is not gone on with, and it is said why', async () => {
    const { lab: former } = await begun();
    former.play();
    await former.keeping.now();
    const { keeper } = former.keeping;
    const checkpoint = keeper?.last;
    if (!keeper || !checkpoint) throw new Error('nothing was kept');
    const lab = new Lab();
    labs.push(lab);
    vi.spyOn(lab.keeping, 'remembered').mockResolvedValue({
      entry: keeper.entry,
      source: table('one.csv', ['x', 'y']),
      checkpoint: { ...checkpoint, version: 1 },
      playing: true,
    });
    const recalled = await had(lab.recall('tab'));
    expect(recalled).toMatchObject({ run: undefined, why: { code: 'checkpoint_version' } });
    expect(recalled?.settings.trial.model?.hidden).toEqual([3]);
  });
});

describe('a run that is kept', () => {
  test('is opened again as it was left, after another of another table, and answers as it did', async () => {
    const { lab, run, until, next, told: everything } = await begun();
    lab.play();
    const first = await until(({ state, metrics }) => state === 'done' && !!metrics);
    const trained = everything.flatMap(({ records }) => records);
    await lab.keeping.now();
    await had(lab.open(table('two.csv', ['a', 'b']), { target: 'b' }));
    const second = await had(lab.start(settings({ data: { target: 'b' } })));
    const opened = await had(lab.openRun(run.key));
    expect(opened).toMatchObject({ entry: { id: run.key }, run: { key: run.key, data: { name: 'one.csv' } } });
    expect(opened.run?.id).not.toBe(second.id);
    // The page does not know the run yet: what it was told now would be lost.
    lab.look(['fit']);
    await had(lab.storedViews(run.key));
    for (let turns = 0; turns < 50; turns++) await nextTask();
    expect(everything.some((update) => update.run === opened.run?.id)).toBe(false);
    const told = next((update) => update.run === opened.run?.id);
    await lab.goOn(false);
    const again = await told;
    expect(again.state).toBe('done');
    expect(again.records.map(({ train_loss }) => train_loss)).toEqual(trained.map(({ train_loss }) => train_loss));
    expect(again.metrics).toEqual(first.metrics);
    const views = await had(lab.storedViews(run.key));
    expect(views?.predictions).toHaveLength(again.predictions?.length ?? -1);
    views?.predictions.forEach((value, index) => {
      expect(value).toBeCloseTo(again.predictions?.[index] ?? Number.NaN, 4);
    });
    expect(views?.residuals?.actual.length).toBeGreaterThan(0);
  });

  test('whose table is not there is refused, and the open one stays', async () => {
    const { lab, run, until } = await begun();
    lab.play();
    await until(({ state }) => state === 'done');
    await expect(lab.openRun('unknown')).resolves.toMatchObject({
      ok: false,
      problem: { message: { code: 'run_table_missing' } },
    });
    lab.report();
    expect(await lab.network()).toMatchObject({ run: run.id });
  });
});
