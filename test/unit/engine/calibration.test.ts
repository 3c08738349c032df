/** Choices that are measured once: what is remembered, what is not believed, and what a broken store may not do. */
import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import * as z from 'zod/mini';
import { createChoices } from '../../../src/engine/calibration.ts';
import { calibrationStore } from '../../../src/lab/worker/calibration-store.ts';
import { memoryStore } from '../../parity/support/store.ts';

const schema = z.object({ plan: z.enum(['resident', 'layered']) });
type Choice = z.infer<typeof schema>;

/** Measures, and counts how often. */
function measuring(plan: Choice['plan'] = 'layered') {
  const counted = {
    times: 0,
    measure: async () => {
      counted.times += 1;
      return { plan };
    },
  };
  return counted;
}

describe('a choice', () => {
  it('is measured once for all who ask an engine, and not by the next engine of the same adapter', async () => {
    const { store } = memoryStore();
    const first = measuring('layered');
    const choices = createChoices(['adapter', 'driver 1'], store);
    const asked = [1, 2, 3].map(() => choices.make('plan', schema, first.measure));
    expect(await Promise.all(asked)).toEqual(Array(3).fill({ plan: 'layered' }));
    expect(first.times).toBe(1);

    const second = measuring('resident');
    const next = createChoices(['adapter', 'driver 1'], store);
    expect(await next.make('plan', schema, second.measure)).toEqual({ plan: 'layered' });
    expect(second.times).toBe(0);
  });

  it('is measured anew under another name, and on another adapter, driver or browser', async () => {
    const { store, entries } = memoryStore();
    const counted = measuring();
    await createChoices(['adapter', 'driver 1'], store).make('plan', schema, counted.measure);
    await createChoices(['adapter', 'driver 1'], store).make('plan of another shape', schema, counted.measure);
    await createChoices(['adapter', 'driver 2'], store).make('plan', schema, counted.measure);
    await createChoices(['adapter driver', '1'], store).make('plan', schema, counted.measure);
    expect(counted.times).toBe(4);
    expect(entries.size).toBe(4);
  });

  it('is measured again when measuring failed', async () => {
    const choices = createChoices([], memoryStore().store);
    await expect(choices.make('plan', schema, () => Promise.reject(new Error('device lost')))).rejects.toThrow(
      'device lost',
    );
    const counted = measuring();
    expect(await choices.make('plan', schema, counted.measure)).toEqual({ plan: 'layered' });
  });

  it('is believed only if it reads as one, and what does not is replaced', async () => {
    const texts = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom('{"plan":"fast"}', '{"plan":"resident"', 'null', '{}'),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const { store, entries } = memoryStore();
        await createChoices([], store).make('plan', schema, measuring().measure);
        for (const key of entries.keys()) entries.set(key, text);
        const counted = measuring();
        const choice = await createChoices([], store).make('plan', schema, counted.measure);
        expect(choice).toEqual({ plan: 'layered' });
        expect(counted.times).toBe(1);
        await createChoices([], store).make('plan', schema, counted.measure);
        expect(counted.times).toBe(1);
      }),
      { seed: 10 },
    );
  });

  it.each<[string, () => Promise<never>]>([
    ['rejects', () => Promise.reject(new Error('no room'))],
    [
      'throws',
      () => {
        throw new Error('no room');
      },
    ],
  ])('is measured all the same where the store %s, which is told', async (_, fail) => {
    const told: unknown[] = [];
    const counted = measuring();
    const choices = createChoices([], { get: fail, set: fail, failed: (error) => told.push(error) });
    expect(await choices.make('plan', schema, counted.measure)).toEqual({ plan: 'layered' });
    expect(counted.times).toBe(1);
    await expect.poll(() => told.map(String)).toEqual(['Error: no room', 'Error: no room']);
  });
});

describe('the store of the page', () => {
  it('is told of and done without where there is no IndexedDB', async () => {
    const store = calibrationStore();
    const told = vi.spyOn(console, 'info').mockImplementation(() => {});
    onTestFinished(() => told.mockRestore());
    const counted = measuring();
    expect(await createChoices([], store).make('plan', schema, counted.measure)).toEqual({ plan: 'layered' });
    await expect.poll(() => told.mock.calls.length).toBe(1);
    expect(String(told.mock.calls[0][1])).toContain('indexedDB');
  });
});
