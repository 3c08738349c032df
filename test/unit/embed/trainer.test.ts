/** Training as one object whose state others draw: every change is a new value, and what goes wrong is one of them. */
import { describe, expect, it } from 'vitest';
import { createTrainer, type TrainerOptions, type TrainerState } from '../../../src/embed/trainer.ts';
import { requestEngine } from '../../../src/engine/request.ts';
import { range, tableOf, valuesOf } from '../../support/data/tables.ts';

const rows = 60;
const x = range(rows).map((row) => Math.sin(row * 1.3));
const line = tableOf({ x, y: x.map((value) => 3 * value + 1) });
const options: TrainerOptions = {
  data: line,
  target: 'y',
  settings: { model: { hidden: [4] }, training: { epochs: 5 } },
  engine: { kind: 'reference' },
};

/** The states that its listeners were told of. */
function heardOf(given: TrainerOptions) {
  const trainer = createTrainer(given);
  const states: TrainerState[] = [];
  trainer.subscribe((state) => states.push(state));
  return { trainer, states, reaches: (status: string) => expect.poll(() => trainer.state.status).toBe(status) };
}

describe('a trainer', () => {
  it('goes from idle to done, with records, scores and a model', async () => {
    const { trainer, states } = heardOf(options);
    expect(states).toEqual([{ status: 'idle', epochs: [], notices: [] }]);
    await trainer.start();
    const order = states.map(({ status }) => status).filter((status, at, all) => status !== all[at - 1]);
    expect(order).toEqual(['idle', 'preparing', 'training', 'done']);
    const { epochs, limit, metrics, baseline, outcome, engine, error } = trainer.state;
    expect(epochs.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
    expect({ limit, error, kind: engine?.kind }).toEqual({ limit: 5, error: undefined, kind: 'reference' });
    expect(outcome).toMatchObject({ stopped: 'epochs', epochs_run: 5 });
    expect(Object.keys(metrics ?? {})).toEqual(['train', 'validation', 'test']);
    expect(metrics?.test).toHaveProperty('rmse');
    expect(baseline?.test).toHaveProperty('rmse');
    const model = await trainer.model();
    expect(valuesOf(model.predict(line)[0])).toHaveLength(rows);
    await trainer.destroy();
  });

  it('never changes a state that it has told', async () => {
    const { trainer, states } = heardOf(options);
    const kept = () => states.map((state) => [state, state.status, state.epochs.length]);
    await trainer.start();
    const told = kept();
    await trainer.destroy();
    expect(kept().slice(0, told.length)).toEqual(told);
    expect(new Set(states).size).toBe(states.length);
  });

  it('is paused, goes on, and is stopped', async () => {
    const { trainer, reaches } = heardOf({ ...options, settings: { training: { epochs: 1_000_000 } } });
    const ended = trainer.start();
    await expect.poll(() => trainer.state.epochs.length).toBeGreaterThan(0);
    trainer.pause();
    await reaches('paused');
    void trainer.start();
    await reaches('training');
    trainer.stop();
    await ended;
    expect(trainer.state).toMatchObject({ status: 'done', outcome: { stopped: 'interrupted' } });
    await trainer.destroy();
  });

  it('trains after a stop that had nothing to stop', async () => {
    const { trainer } = heardOf(options);
    trainer.stop();
    await trainer.start();
    expect(trainer.state.status).toBe('done');
    await trainer.destroy();
  });

  it('tells nobody anything once it is given up', async () => {
    const { trainer, states } = heardOf({ ...options, settings: { training: { epochs: 1_000_000 } } });
    void trainer.start();
    await expect.poll(() => trainer.state.epochs.length).toBeGreaterThan(0);
    const destroyed = trainer.destroy();
    const { length } = states;
    await destroyed;
    expect(states).toHaveLength(length);
  });

  it('says what is wrong with the data or the settings, and throws nothing', async () => {
    for (const [given, said] of [
      [{ target: 'z' }, /z/],
      [{ data: 'x,y\n' }, /text/],
      [{ settings: { training: { epochs: -1 } } }, /epochs/],
    ] as const) {
      const { trainer } = heardOf({ ...options, ...given } as TrainerOptions);
      await trainer.start();
      expect(trainer.state.status).toBe('failed');
      expect(trainer.state.error?.message).toMatch(said);
      await trainer.destroy();
    }
  });

  it('takes rows as objects', async () => {
    const { trainer } = heardOf({ ...options, data: x.map((value) => ({ x: value, y: 3 * value + 1 })) });
    await trainer.start();
    const [{ value }] = (await trainer.model()).predict([{ x: 0.5 }]);
    expect(value).toBeGreaterThan(-10);
    await trainer.destroy();
  });

  it('can be stopped while its data is read, and started again', async () => {
    let reads = 0;
    const data = async function* () {
      reads += 1;
      if (reads === 1) trainer.stop();
      yield new TextEncoder().encode(`x,y\n${x.map((value) => `${value},${2 * value}`).join('\n')}\n`);
    };
    const { trainer } = heardOf({ ...options, data });
    await trainer.start();
    expect(trainer.state.status).toBe('idle');
    await trainer.start();
    expect(trainer.state.status).toBe('done');
    await trainer.destroy();
  });

  it('has no model before it has trained, and leaves an engine that was given', async () => {
    const engine = await requestEngine({ kind: 'cpu' });
    const { trainer } = heardOf({ ...options, engine });
    await expect(trainer.model()).rejects.toThrow('start()');
    await trainer.start();
    await trainer.destroy();
    const second = createTrainer({ ...options, engine });
    await second.start();
    expect(second.state.status).toBe('done');
    await second.destroy();
    engine.destroy();
  });
});
