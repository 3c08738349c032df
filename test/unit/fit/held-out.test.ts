import { describe, expect, it } from 'vitest';
import { foldsOf, halved } from '../../../src/fit/held-out.ts';
import { prepare } from '../../../src/library/prepare.ts';

const rows = 20;
const data = prepare(
  {
    features: Float32Array.from({ length: rows }, (_, row) => row),
    targets: Float32Array.from({ length: rows }, (_, row) => row ** 2),
    weights: new Float32Array(rows).fill(3),
    rows,
    columns: 1,
  },
  { split: { train: 1 } },
);
const thirds = [0, 1, 2].map((fold) => Uint32Array.from(data.sets.train.filter((row) => row % 3 === fold)));

describe('rows that are held out', () => {
  it('are disjoint from those trained on, and held out once each', () => {
    const { sets, heldOut, parts } = foldsOf(data, thirds, rows);
    for (const { sets: own } of sets) {
      expect([...own.train, ...own.validation].sort((a, b) => a - b)).toEqual([...data.sets.train]);
    }
    expect([...heldOut].sort((a, b) => a - b)).toEqual([...data.sets.train]);
    parts.forEach((places, fold) => {
      expect(Array.from(places, (place) => heldOut[place])).toEqual([...thirds[fold]]);
    });
  });

  it('count once each, whatever their weight', () => {
    const [first] = foldsOf(data, thirds, rows).sets;
    for (const row of first.sets.validation) expect(first.weights?.[row]).toBe(1);
    for (const row of first.sets.train) expect(first.weights?.[row]).toBe(data.weights?.[row]);
  });

  it('leave at most so many rows to train on, or half of them', () => {
    const { sets } = foldsOf(data, thirds, 6);
    for (const { sets: own } of sets) expect(new Set(own.train).size).toBe(6);
    for (const { sets: own } of halved(foldsOf(data, thirds, rows)).sets)
      expect(own.train.length).toBeLessThanOrEqual(7);
  });

  it('are parts of one fold where there is one', () => {
    const { parts, heldOut } = foldsOf(data, [thirds[0]], rows);
    expect(parts).toHaveLength(5);
    expect(parts.flatMap((part) => [...part]).sort((a, b) => a - b)).toEqual([...heldOut.keys()]);
  });
});
