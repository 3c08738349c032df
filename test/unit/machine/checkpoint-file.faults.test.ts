/** A checkpoint file that was changed in any way is recognised, and nothing of it is used. */
import { describe, expect, it } from 'vitest';
import { generate } from '../../../src/data/prepare/generate.ts';
import { createReferenceEngine } from '../../../src/engine/reference/engine.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../../../src/machine/checkpoint-file.ts';
import { storeVersion } from '../../../src/sweep/store/store.ts';
import { hashAt } from '../../../src/util/random.ts';
import { faultSeed, times } from '../../support/faults.ts';
import { prepare, trainPopulation } from '../../support/first-defaults.ts';

const engine = createReferenceEngine('reference', 'asked for');
const data = prepare(generate('curve', { rows: 40, seed: 4 }), { target: 'y' });
const run = trainPopulation(engine, data, [
  { model: { hidden: [4] }, training: { epochs: 3, seed: 1 } },
  { model: { hidden: [4] }, training: { epochs: 3, seed: 2 } },
]);
await run.epoch();
const value = {
  version: storeVersion,
  keys: ['a', 'b'],
  run: await run.checkpoint(),
  odd: [Number.NaN, -0, undefined],
};
const sound = Buffer.concat(encodeCheckpoint(value));

/** What may become of a file, with two numbers drawn for it. */
const changes: Record<string, (a: number, b: number) => Buffer> = {
  'a flipped bit': (a, b) => flipped(a % sound.length, b),
  'a flipped bit of its header': (a, b) => flipped(a % 52, b),
  'another byte': (a, b) => flipped(a % sound.length, b, 1 + (b % 255)),
  'a cut end': (a) => sound.subarray(0, a % sound.length),
  'more at its end': (a, b) => Buffer.concat([sound, Buffer.alloc(1 + (a % 100), b)]),
  'a part of zeros': (a, b) => {
    const bytes = Buffer.from(sound);
    bytes
      .subarray(a % sound.length)
      .subarray(0, 1 + (b % 4096))
      .fill(0);
    return bytes;
  },
  'a part left out': (a, b) => {
    const first = a % sound.length;
    return Buffer.concat([sound.subarray(0, first), sound.subarray(first + 1 + (b % 512))]);
  },
  'foreign contents': (a, b) => Buffer.from(Array.from({ length: a % 300 }, (_, at) => hashAt(b, at, 1) & 255)),
};

function flipped(at: number, bit: number, mask = 1 << (bit % 8)): Buffer {
  const bytes = Buffer.from(sound);
  bytes[at] ^= mask;
  return bytes;
}

describe('a checkpoint file', () => {
  it('keeps every bit', () => {
    expect(decodeCheckpoint(sound)).toEqual({ value });
  });

  it('that could not be read again is not written', () => {
    expect(() => encodeCheckpoint(value, 1000)).toThrow(
      /^The checkpoint would have [\d\u202f]+ bytes, and a file that can be read has at most 1\u202f000\.$/,
    );
  });

  it.each([
    ['empty', Buffer.alloc(0)],
    ['earlier_format', sound.subarray(52)],
    ['foreign', Buffer.from('{"version":3}')],
    ['foreign', flipped(0, 0)],
    ['version', flipped(8, 1)],
    ['cut', sound.subarray(0, 7)],
    ['cut', sound.subarray(0, 51)],
    ['cut', sound.subarray(0, -1)],
    ['cut', Buffer.concat([sound, sound])],
    ['damaged', flipped(20, 3)],
    ['damaged', flipped(sound.length - 1, 0)],
  ])('that was changed says how: %s', (problem, bytes) => {
    expect(decodeCheckpoint(bytes)).toEqual({ problem });
  });

  const names = Object.keys(changes);
  const count = times(400, 10_000);
  it(`is refused after each of ${count} changes`, () => {
    for (let index = 0; index < count; index++) {
      const name = names[index % names.length];
      const bytes = changes[name](hashAt(faultSeed, index, 0), hashAt(faultSeed, index, 1));
      const said = `${name}, change ${index} of FAULT_SEED=${faultSeed}`;
      if (bytes.equals(sound)) continue;
      expect(decodeCheckpoint(bytes), said).toEqual({ problem: expect.any(String) });
    }
  });
});
