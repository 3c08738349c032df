/** Who may use a run's population, and when: no engine is needed for that. */
import { expect, test, vi } from 'vitest';
import type { Population } from '../../../src/engine/engine.ts';
import { RunPopulation } from '../../../src/train/run-population.ts';

const made = () => ({ destroy: vi.fn() }) as Partial<Population> as Population;

test('it is created once, when somebody asks for it first', async () => {
  const create = vi.fn(async () => made());
  const population = new RunPopulation(create);
  expect(create).not.toHaveBeenCalled();
  expect(population.created).toBeUndefined();
  const both = await Promise.all([population.ready(), population.serially(async (given) => given)]);
  expect(create).toHaveBeenCalledTimes(1);
  expect(both).toEqual([population.created, population.created]);
});

test('tasks come one after the other, and one that fails holds up none', async () => {
  const population = new RunPopulation(async () => made());
  const order: string[] = [];
  let end = () => {};
  const first = population.serially(async () => {
    await new Promise<void>((resolve) => {
      end = resolve;
      order.push('first begins');
    });
    order.push('first fails');
    throw new Error('no');
  });
  const second = population.serially(() => order.push('second'));
  await vi.waitFor(() => expect(order).toEqual(['first begins']));
  end();
  await expect(first).rejects.toThrow('no');
  await second;
  expect(order).toEqual(['first begins', 'first fails', 'second']);
});

test('it is destroyed after its tasks, and not created for that', async () => {
  const population = new RunPopulation(async () => made());
  const task = population.serially(({ destroy }) => vi.mocked(destroy).mock.calls.length);
  await population.destroy();
  expect(await task).toBe(0);
  expect(population.created?.destroy).toHaveBeenCalledTimes(1);
  const create = vi.fn(async () => made());
  await new RunPopulation(create).destroy();
  expect(create).not.toHaveBeenCalled();
});

test('one that cannot be created fails every task, and is left all the same', async () => {
  const population = new RunPopulation(() => Promise.reject(new Error('no memory')));
  await expect(population.serially(() => {})).rejects.toThrow('no memory');
  await expect(population.ready()).rejects.toThrow('no memory');
  await population.destroy();
});
