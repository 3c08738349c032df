/** When a trial ends, from its records alone. */
import { describe, expect, it } from 'vitest';
import { checkTrial } from '../../../src/spec/check.ts';
import type { TrialInput } from '../../../src/spec/settings.ts';
import { checkStopping, explainStop, type Losses, type StopDecision } from '../../../src/train/stopping.ts';

type Training = NonNullable<TrialInput['training']>;

const settings = (training: Training) => checkTrial({ training }).training;

/** Both losses of each epoch; a single number is the training loss of a run without validation rows. */
function history(...epochs: (number | [number, number])[]): Losses[] {
  return epochs.map((epoch) =>
    typeof epoch === 'number'
      ? { train_loss: epoch, validation_loss: null, finite: true }
      : { train_loss: epoch[0], validation_loss: epoch[1], finite: true },
  );
}

/** The verdict after the epoch at which the run ends, judged epoch by epoch as the trainer does. */
function run(losses: Losses[], training: Training): StopDecision & { epoch: number } {
  for (let epoch = 1; epoch <= losses.length; epoch++) {
    const verdict = checkStopping(losses.slice(0, epoch), settings(training));
    if (verdict.stopped) return { ...verdict, epoch };
  }
  throw new Error('the run did not end');
}

describe('judge', () => {
  it('ends after all epochs, and not before', () => {
    expect(checkStopping(history(3, 2), settings({ epochs: 3 })).stopped).toBeUndefined();
    expect(run(history(3, 2, 1, 0), { epochs: 3 })).toEqual({ stopped: 'epochs', best: 2, epoch: 3 });
    expect(run(history(1, 2), { epochs: 1 })).toEqual({ stopped: 'epochs', best: 0, epoch: 1 });
  });

  it('finds the best epoch by validation loss where there is one', () => {
    expect(checkStopping(history([3, 1], [2, 2], [1, 3]), settings({})).best).toBe(0);
    expect(checkStopping(history(3, 1, 2), settings({})).best).toBe(1);
  });

  it('finds the first of equal losses best', () => {
    expect(checkStopping(history(2, 1, 1), settings({})).best).toBe(1);
  });

  describe('early stopping', () => {
    it('waits for patience epochs without a better loss', () => {
      const losses = history([9, 5], [8, 4], [7, 4.5], [6, 4.2], [5, 4.1], [4, 4]);
      expect(run(losses, { early_stopping: { patience: 3 } })).toEqual({
        stopped: 'early_stopping',
        best: 1,
        epoch: 5,
      });
      expect(run(losses, { early_stopping: { patience: 1 } })).toEqual({
        stopped: 'early_stopping',
        best: 1,
        epoch: 3,
      });
      expect(checkStopping(losses, settings({ early_stopping: { patience: 5 } })).stopped).toBeUndefined();
    });

    it('begins to wait again after each better epoch', () => {
      const losses = history(5, 6, 4, 6, 3, 6, 6);
      expect(run(losses, { early_stopping: { patience: 2 } })).toEqual({
        stopped: 'early_stopping',
        best: 4,
        epoch: 7,
      });
    });

    it('counts only gains above min_delta, added up from the last that counted', () => {
      const losses = history(1, 0.95, 0.89, 0.85, 0.82);
      const training = { early_stopping: { patience: 2, min_delta: 0.1 } };
      expect(checkStopping(losses.slice(0, 2), settings(training)).best).toBe(0);
      expect(checkStopping(losses.slice(0, 3), settings(training)).best).toBe(2);
      expect(run(losses, training)).toEqual({ stopped: 'early_stopping', best: 2, epoch: 5 });
    });

    it('watches the loss it is told to', () => {
      const losses = history([1, 1], [2, 0.9], [3, 0.8]);
      expect(run(losses, { early_stopping: { patience: 2, monitor: 'train_loss' } })).toMatchObject({
        best: 0,
        epoch: 3,
      });
      expect(checkStopping(losses, settings({ early_stopping: { patience: 2 } }))).toEqual({
        stopped: undefined,
        best: 2,
      });
    });

    it('is named before the end of the epochs when both fall together', () => {
      expect(run(history(1, 2, 3), { epochs: 3, early_stopping: { patience: 2 } }).stopped).toBe('early_stopping');
    });
  });

  describe('loss plateau', () => {
    it('compares the training losses of two epochs in a row', () => {
      const training = { loss_plateau: { tolerance: 0.01 } };
      const losses = history([1, 5], [0.5, 5], [0.495, 5], [0.2, 5]);
      expect(checkStopping(losses.slice(0, 1), settings(training)).stopped).toBeUndefined();
      expect(run(losses, training)).toMatchObject({ stopped: 'loss_plateau', epoch: 3 });
    });

    it('counts a small rise as well, and a difference that is just the tolerance', () => {
      expect(run(history(1, 1.25), { loss_plateau: { tolerance: 0.25 } })).toMatchObject({
        stopped: 'loss_plateau',
        epoch: 2,
      });
      expect(checkStopping(history(1, 1.26), settings({ loss_plateau: { tolerance: 0.25 } })).stopped).toBeUndefined();
      expect(run(history(1, 1), { loss_plateau: { tolerance: 0 } }).stopped).toBe('loss_plateau');
    });

    it('does not act unless asked for', () => {
      expect(checkStopping(history(1, 1, 1, 1), settings({})).stopped).toBeUndefined();
    });
  });

  describe('divergence', () => {
    it.each([Number.NaN, Infinity])('ends at %d, in either loss', (odd) => {
      expect(run(history(2, 1, odd), {})).toEqual({ stopped: 'diverged', best: 1, epoch: 3 });
      expect(run(history([2, 2], [1, 1], [1, odd]), {})).toEqual({ stopped: 'diverged', best: 1, epoch: 3 });
      expect(run(history([2, 2], [1, 1], [odd, 0.5]), {}).stopped).toBe('diverged');
      expect(run(history(odd), {})).toEqual({ stopped: 'diverged', best: 0, epoch: 1 });
    });

    it('is never the best epoch, even where the validation loss is still finite and lowest', () => {
      const epochs = history([1, 1], [Number.NaN, 0.5]);
      expect(checkStopping(epochs, settings({}))).toEqual({ stopped: 'diverged', best: 0 });
    });

    it('ends where parameters are not finite although both losses are', () => {
      const epochs = [...history([2, 2]), { train_loss: 1, validation_loss: 1, finite: false }];
      expect(checkStopping(epochs, settings({}))).toEqual({ stopped: 'diverged', best: 0 });
    });

    it('is named before any other reason', () => {
      const training = { epochs: 3, early_stopping: { patience: 1 }, loss_plateau: { tolerance: 1 } };
      expect(checkStopping(history(1, 0.1, Number.NaN), settings(training)).stopped).toBe('diverged');
    });
  });
});

describe('explain', () => {
  const training = settings({
    epochs: 7,
    optimizer: { kind: 'sgd', learning_rate: 0.3 },
    early_stopping: {},
    loss_plateau: {},
  });
  it.each([
    ['epochs', 'Trained all 7 epochs.'],
    ['early_stopping', 'Stopped after epoch 5: 20 epochs without a better validation loss.'],
    ['loss_plateau', 'Stopped after epoch 5: the training loss changed by no more than 0.00001.'],
    ['interrupted', 'Interrupted in epoch 5.'],
  ] as const)('%s', (stopped, sentence) => {
    expect(explainStop(stopped, 5, training).text.replace('1e-5', '0.00001')).toBe(sentence);
  });

  it('says training loss where there are no validation rows', () => {
    expect(explainStop('early_stopping', 5, training, { validated: false }).text).toContain(
      'without a better training loss',
    );
  });

  it('names the epoch, the likely cause and what to try when a run diverged', () => {
    expect(explainStop('diverged', 5, training).text).toMatch(
      /^Diverged in epoch 5: .* learning rate 0\.3 .* try 0\.03, .*scaled.* The initial parameters are kept\.$/,
    );
    expect(explainStop('diverged', 5, training, { kept: 2 }).text).toMatch(/ The parameters of epoch 2 are kept\.$/);
  });
});
