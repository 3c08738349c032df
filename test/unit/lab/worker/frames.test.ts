/** A run as it was: epochs that the worker can show again, and the speed at which it goes through them. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { RunView, StartRequest, Update } from '../../../../src/lab/protocol/messages.ts';
import { Lab } from '../../../../src/lab/worker/lab.ts';
import { Metronome } from '../../../../src/lab/worker/metronome.ts';

// Node 20 has none.
vi.stubGlobal('navigator', { userAgent: 'Chrome/1.0' });
// That nothing is kept here.
vi.spyOn(console, 'info').mockImplementation(() => {});
afterEach(() => vi.useRealTimers());

const text = ['x,y', ...Array.from({ length: 40 }, (_, row) => `${row},${(row * 7) % 11}`)].join('\n');

/** Trains to the end. */
async function trained(
  epochs: number,
  hidden = [3],
): Promise<{ lab: Lab; run: RunView; end: Update; frames: readonly number[] }> {
  const lab = new Lab();
  let frames: readonly number[] = [];
  const ended = new Promise<Update>((resolve) => {
    lab.watch((update) => {
      frames = update.frames ?? frames;
      if (update.outcome) resolve(update);
    });
  });
  await lab.open({ name: 'one.csv', text }, { target: 'y' });
  const request: StartRequest = {
    trial: { model: { hidden }, training: { epochs, batch_size: 8, early_stopping: false } },
    data: { target: 'y' },
    engine: 'cpu',
  };
  const reply = await lab.start(request);
  if (!reply.ok) throw new Error('the run was refused');
  lab.play();
  const end = await ended;
  return { lab, run: reply.value, end, frames };
}

describe('frames', () => {
  test('are of evenly spaced epochs from the first one, and no more than sixty', async () => {
    const { frames } = await trained(500);
    expect(frames.length).toBeGreaterThan(30);
    expect(frames.length).toBeLessThanOrEqual(60);
    expect(frames[0]).toBe(0);
    const gaps = new Set(frames.slice(1).map((epoch, index) => epoch - frames[index]));
    expect([...gaps]).toEqual([16]);
  });

  test('show what a run that ends there shows', async () => {
    const { lab, run } = await trained(20);
    const shorter = await trained(12);
    const frame = await lab.frame(12);
    expect(frame).toMatchObject({ run: run.id, epoch: 12 });
    const expected = shorter.end.predictions ?? [];
    expect(expected.length).toBeGreaterThan(10);
    frame?.predictions?.forEach((value, index) => {
      expect(value).toBeCloseTo(expected[index], 4);
    });
    const first = await lab.frame(0);
    expect(first?.predictions).not.toEqual(frame?.predictions);
  });

  test('are of the views that are open', async () => {
    const { lab } = await trained(10);
    lab.look(['residuals', 'inside']);
    const frame = await lab.frame(5);
    expect(frame?.predictions).toBeNull();
    expect(frame?.views.residuals?.predicted.length).toBeGreaterThan(5);
    expect(frame?.views.inside?.epoch).toBe(5);
  });

  test('are not there of epochs that were thinned out, nor of networks too large to keep', async () => {
    const { lab } = await trained(200);
    expect(await lab.frame(3)).toBeUndefined();
    expect((await trained(2, [400, 400])).frames).toEqual([]);
  });
});

test('a metronome waits for what is left of a turn, and is woken', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const metronome = new Metronome();
  let turns = 0;
  const loop = async () => {
    await metronome.turn();
    turns += 1;
  };
  await loop();
  expect(turns).toBe(1);
  metronome.rate = 10;
  await loop();
  expect(turns).toBe(2);
  const third = loop();
  await vi.advanceTimersByTimeAsync(99);
  expect(turns).toBe(2);
  await vi.advanceTimersByTimeAsync(1);
  await third;
  expect(turns).toBe(3);
  const fourth = loop();
  metronome.rate = null;
  await fourth;
  expect(turns).toBe(4);
});
