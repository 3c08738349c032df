/** When a run that was trained for too long says so, and when what looks like it is noise. */
import { describe, expect, it } from 'vitest';
import { checkTrial } from '../../../../src/spec/check.ts';
import { overfittingNotices } from '../../../../src/train/results/overfitting.ts';
import { normalAt } from '../../../../src/util/random.ts';

const history = (length: number, lossAt: (epoch: number) => number | null) =>
  Array.from({ length }, (_, index) => ({ validation_loss: lossAt(index + 1) }));
const ended = (kept_epoch: number, stopped = 'epochs' as const) => ({ kept_epoch, stopped });
/** Falls to epoch 5, and rises from there. */
const tooLong = history(200, (epoch) => (epoch <= 5 ? 1 - 0.14 * epoch : 0.3 + 0.002 * (epoch - 5)));

describe('validation that got worse', () => {
  it('is told of with the epoch, both losses and what to do', () => {
    expect(overfittingNotices(tooLong, ended(200))).toEqual([
      {
        severity: 'warning',
        code: 'overfitted',
        params: { epoch: 5, epochs: 200, best_loss: '0.300', last_loss: '0.690', advice: 'stop' },
        text: 'Validation got worse from epoch 5 of 200: its loss was 0.300 there and 0.690 at the end. Stop early, which keeps the best epoch.',
        fix: { setting: 'early_stopping' },
      },
    ]);
  });

  it.each([
    [true, 'monitor to validation_loss'],
    [false, 'restore_best to true'],
  ])('does not advise early stopping where it is on: restore_best %s', (restore_best, advice) => {
    const { early_stopping } = checkTrial({ training: { early_stopping: { patience: 500, restore_best } } }).training;
    const [{ text, fix }] = overfittingNotices(tooLong, ended(200), early_stopping);
    expect(text).toContain(` at the end. Set early_stopping.${advice}.`);
    expect(fix).toBeUndefined();
  });

  it('is found in noise', () => {
    const noisy = tooLong.map(({ validation_loss }, epoch) => ({
      validation_loss: (validation_loss ?? 0) + 0.02 * normalAt(1, epoch),
    }));
    const [notice] = overfittingNotices(noisy, ended(200));
    expect(notice.text).toMatch(/^Validation got worse from epoch \d+ of 200: /);
  });
});

describe('nothing is said', () => {
  it('where the parameters of the best epoch are kept', () => {
    expect(overfittingNotices(tooLong, ended(5))).toEqual([]);
  });

  it('of a loss that still falls, or stands still', () => {
    expect(
      overfittingNotices(
        history(200, (epoch) => 1 / epoch),
        ended(200),
      ),
    ).toEqual([]);
    expect(
      overfittingNotices(
        history(200, (epoch) => 0.3 + 1 / epoch ** 2),
        ended(200),
      ),
    ).toEqual([]);
  });

  it('of noise around a level, at any seed', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const level = history(100, (epoch) => 0.3 + (epoch < 10 ? 0.1 * (10 - epoch) : 0) + 0.03 * normalAt(seed, epoch));
      expect(overfittingNotices(level, ended(100))).toEqual([]);
    }
  });

  it('of a rise that is nothing beside what was learned', () => {
    expect(
      overfittingNotices(
        history(100, (epoch) => (epoch <= 5 ? 10 ** -epoch : 1e-5 * epoch)),
        ended(100),
      ),
    ).toEqual([]);
  });

  it('of too few epochs, of none validated, or of a run that diverged', () => {
    expect(overfittingNotices(tooLong.slice(0, 9), ended(9))).toEqual([]);
    expect(
      overfittingNotices(
        history(100, () => null),
        ended(100),
      ),
    ).toEqual([]);
    expect(overfittingNotices(tooLong, { kept_epoch: 100, stopped: 'diverged' })).toEqual([]);
  });
});
