import { expect, it } from 'vitest';
import { latestWriter } from '../../../src/queue/latest-writer.ts';

/** A server that answers when it is told to. */
function slowServer() {
  const written: [string, number | undefined][] = [];
  const answers: (() => void)[] = [];
  const writer = latestWriter<number | undefined>((name, value) => {
    written.push([name, value]);
    return new Promise<void>((resolve) => answers.push(resolve));
  });
  return { writer, written, answer: () => answers.shift()?.() };
}

it('writes one value at a time, and of those that wait the latest of each name', async () => {
  const { writer, written, answer } = slowServer();
  for (let epoch = 1; epoch <= 1000; epoch++) writer.put('running', epoch);
  writer.put('ended', 1);
  // After what has ended is there.
  writer.put('running', undefined);
  expect(written).toEqual([['running', 1]]);
  const all = writer.written();
  for (const count of [2, 3]) {
    answer();
    await expect.poll(() => written.length).toBe(count);
  }
  answer();
  await all;
  expect(written).toEqual([
    ['running', 1],
    ['ended', 1],
    ['running', undefined],
  ]);
});

it('goes on with what comes later, and is done where nothing waits', async () => {
  const { writer, written, answer } = slowServer();
  await writer.written();
  for (const value of [1, 2]) {
    writer.put('a', value);
    answer();
    await writer.written();
  }
  expect(written).toEqual([
    ['a', 1],
    ['a', 2],
  ]);
});

it('writes no more once that has failed, and says so to whoever waits', async () => {
  const written: string[] = [];
  const writer = latestWriter<number>(async (name) => {
    written.push(name);
    throw new Error('refused');
  });
  for (const name of ['a', 'b']) writer.put(name, 1);
  await expect(writer.written()).rejects.toThrow('refused');
  writer.put('c', 1);
  await expect(writer.written()).rejects.toThrow('refused');
  expect(written).toEqual(['a']);
});
