/** Runs as programs use them: signals, callbacks, leaving the loop, and blocks that free what they hold. */
import { getEventListeners } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import {
  averageWinner,
  createPredictor,
  fit as findModel,
  modelExplanations,
  prepare,
  prepareAsync,
  readCsv,
  refit,
  requestEngine,
  resumeRun,
  sweep,
  train,
  trainPopulation,
} from '../../../src/index.ts';

await using engine = await requestEngine({ kind: 'reference', slice_ms: 1 });
const rows = Array.from({ length: 60 }, (_, i) => ({ x: i / 10, y: Math.sin(i / 10) }));
const data = prepare(rows, { target: 'y', split: { train: 0.8, validation: 0.2 } });
const settings = { model: { hidden: [4] }, training: { epochs: 12, batch_size: 8 } };
const endless = { model: { hidden: [4] }, training: { epochs: 1_000_000, early_stopping: false as const } };
const reason = new Error('enough');
const aborted = AbortSignal.abort(reason);

describe('onEpoch', () => {
  it('is told of every epoch once, however the run is trained', async () => {
    const numbers: number[] = [];
    const onEpoch = ({ number }: { number: number }) => void numbers.push(number);
    const run = train(engine, data, settings, { onEpoch });
    await run.steps(7);
    await run.epoch();
    for await (const _ of run) if (run.epochsDone === 4) break;
    expect(numbers).toEqual([1, 2, 3, 4]);
    const again = train(engine, data, settings, { onEpoch });
    await again.model();
    expect(numbers.slice(4)).toEqual(again.history.map(({ number }) => number));
  });

  it('is waited for, and what it throws ends the training', async () => {
    const order: string[] = [];
    const run = train(engine, data, settings, {
      onEpoch: async ({ number }) => {
        await Promise.resolve();
        order.push(`told ${number}`);
        if (number === 2) throw reason;
      },
    });
    await expect(
      (async () => {
        for await (const { number } of run) order.push(`yielded ${number}`);
      })(),
    ).rejects.toBe(reason);
    expect(order).toEqual(['told 1', 'yielded 1', 'told 2']);
    expect(await run.epoch()).toBe(false);
    expect(run.outcome?.stopped).toBe('interrupted');
  });
});

describe('leaving the loop', () => {
  it('stops the run, which keeps what it has learned', async () => {
    const run = train(engine, data, endless);
    for await (const { number } of run) if (number === 3) break;
    const model = await run.model();
    expect(run.outcome).toMatchObject({ stopped: 'interrupted', epochs_run: 3, kept_epoch: 3 });
    expect(model.members[0].parameters).toEqual(await run.parameters());
  });

  it('at its end changes nothing: more steps can be trained', async () => {
    const run = train(engine, data, settings);
    for await (const _ of run);
    const before = await run.parameters();
    await run.steps(2);
    expect(run.stepsDone).toBeGreaterThan(run.history.at(-1)!.steps);
    expect(before).toHaveLength(run.parameterCount);
  });
});

describe('a signal', () => {
  it('ends a run in the middle of an epoch, and what was learned stays', async () => {
    const control = new AbortController();
    const run = train(engine, data, endless, {
      signal: control.signal,
      onEpoch: ({ number }) => void (number === 2 && setTimeout(() => control.abort(reason))),
    });
    const { origin } = await run.model();
    expect(origin).toMatchObject({ stopped: 'interrupted' });
    expect(run.history.length).toBeGreaterThanOrEqual(2);
  });

  it('that comes before anything was learned is thrown', async () => {
    await expect(train(engine, data, settings, { signal: aborted }).model()).rejects.toBe(reason);
    await expect(findModel(engine, rows, { target: 'y', signal: aborted })).rejects.toBe(reason);
  });

  it('leaves no listener behind', async () => {
    const { signal } = new AbortController();
    const listeners = () => getEventListeners(signal, 'abort').length;
    const run = train(engine, data, settings, { signal });
    expect(listeners()).toBe(1);
    await run.model();
    expect(listeners()).toBe(0);
    await train(engine, data, settings, { signal }).destroy();
    for await (const _ of train(engine, data, settings, { signal })) break;
    train(engine, data, settings, { signal }).stop();
    expect(listeners()).toBe(0);
  });

  it('stops what has results so far, and is thrown where there are none', async () => {
    const run = train(engine, data, settings);
    const model = await run.model();
    const whole = prepare(rows, { target: 'y', split: { train: 1 } });
    await expect(refit(engine, whole, run, { signal: aborted }).model()).rejects.toBe(reason);
    const swept = await sweep(engine, data, { base: endless, seeds: 2 }, { signal: aborted });
    expect(swept.trials.map(({ stopped }) => stopped)).toEqual(['interrupted', 'interrupted']);
    await expect(averageWinner(engine, whole, swept, { signal: aborted })).rejects.toBe(reason);
    await expect(prepareAsync(rows, { target: 'y', signal: aborted })).rejects.toBe(reason);
    await expect(readCsv('x\n1\n', { signal: aborted })).rejects.toBe(reason);
    await expect(modelExplanations(model, rows, { signal: aborted })).rejects.toBe(reason);
    using predictor = await createPredictor(model, engine);
    await expect(predictor.predict(rows, { signal: aborted })).rejects.toBe(reason);
    await expect(predictor.evaluate(rows, { signal: aborted })).rejects.toBe(reason);
    const control = new AbortController();
    const long = predictor.predict(Array(40_000).fill({ x: 1 }), { signal: control.signal });
    setTimeout(() => control.abort(reason));
    await expect(long).rejects.toBe(reason);
    const { signal } = new AbortController();
    expect(await predictor.predict(rows, { signal })).toEqual(model.predict(rows));
    expect(await predictor.evaluate(rows, { signal })).toEqual(model.evaluate(rows));
  });
});

it('a run goes on from its checkpoint, and repeats another by its changes', async () => {
  const whole = train(engine, data, settings, { changes: [{ step: 20, learning_rate: 1e-3 }] });
  const model = await whole.model();
  const [{ initial, changes }] = whole.trials;
  expect(changes).toHaveLength(1);
  const again = train(engine, data, initial, { changes, planCode: whole.planCode });
  for await (const { number } of again) if (number === 2) break;
  const told: number[] = [];
  const resumed = resumeRun(engine, data, await train(engine, data, initial, { changes }).checkpoint(), {
    onEpoch: ({ number }) => void told.push(number),
  });
  expect((await resumed.model()).members[0].parameters).toEqual(model.members[0].parameters);
  expect(told).toEqual(whole.history.map(({ number }) => number));
  expect(trainPopulation(engine, data, [settings, settings]).trials).toHaveLength(2);
});

it('predictors, runs and engines are freed at the end of a block', async () => {
  await using own = await requestEngine({ kind: 'cpu', threads: 1 });
  const destroyed = vi.spyOn(own, 'destroy');
  {
    await using run = train(own, data, settings);
    const model = await run.model();
    using predictor = await createPredictor(model, own);
    await using other = await createPredictor(model, own);
    expect(await predictor.predict([{ x: 1 }])).toEqual(await other.predict([[1]]));
  }
  expect(destroyed).not.toHaveBeenCalled();
});
