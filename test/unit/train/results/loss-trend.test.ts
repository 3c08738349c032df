/** When a loss was still falling, and when it only looks like it. */
import { describe, expect, it } from 'vitest';
import { stillFalling } from '../../../../src/train/results/loss-trend.ts';
import { normalAt } from '../../../../src/util/random.ts';

const losses = (epochs: number, lossAt: (epoch: number) => number) =>
  Array.from({ length: epochs }, (_, index) => lossAt(index + 1));
const noise = (seed: number, epoch: number) => 1 + 0.02 * normalAt(seed, epoch);

describe('a loss', () => {
  it('is still falling where twice the epochs take a tenth off it', () => {
    // 1 - 2 ** -0.16 = 0.105, and 1 - 2 ** -0.14 = 0.092
    expect(
      stillFalling(
        losses(60, (epoch) => epoch ** -0.16),
        'constant',
      ),
    ).toBe(true);
    expect(
      stillFalling(
        losses(60, (epoch) => epoch ** -0.14),
        'constant',
      ),
    ).toBe(false);
  });

  it('is seen to fall behind noise', () => {
    for (let seed = 1; seed <= 50; seed++) {
      expect(
        stillFalling(
          losses(100, (epoch) => epoch ** -0.5 * noise(seed, epoch)),
          'constant',
        ),
      ).toBe(true);
    }
  });
});

describe('it is not', () => {
  it('where it stands still, with whatever noise', () => {
    for (let seed = 1; seed <= 200; seed++) {
      expect(
        stillFalling(
          losses(100, (epoch) => 0.3 * noise(seed, epoch)),
          'constant',
        ),
      ).toBe(false);
    }
  });

  it('where it came to rest, however fast it fell before', () => {
    expect(
      stillFalling(
        losses(100, (epoch) => 0.3 + 1 / epoch ** 2),
        'constant',
      ),
    ).toBe(false);
    expect(
      stillFalling(
        losses(100, (epoch) => (epoch < 60 ? 1 - epoch / 100 : 0.4)),
        'constant',
      ),
    ).toBe(false);
  });

  it('where it has begun to rise', () => {
    expect(
      stillFalling(
        losses(100, (epoch) => (epoch < 75 ? 1 / epoch : epoch / 5600)),
        'constant',
      ),
    ).toBe(false);
  });

  it.each(['cosine', 'linear', 'flat_cosine', 'coslog4'])('where the schedule ends with the run: %s', (schedule) => {
    expect(
      stillFalling(
        losses(60, (epoch) => 1 / epoch),
        schedule,
      ),
    ).toBe(false);
  });

  it('in fewer than ten epochs', () => {
    expect(
      stillFalling(
        losses(9, (epoch) => 1 / epoch),
        'constant',
      ),
    ).toBe(false);
    expect(
      stillFalling(
        losses(10, (epoch) => 1 / epoch),
        'constant',
      ),
    ).toBe(true);
  });
});
