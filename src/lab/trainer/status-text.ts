/** What the page says as the run comes to another state; and where something went wrong, the one way on. */
import { inLanguage } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import type { Update } from '../protocol/messages.ts';
import type { Recovery } from '../protocol/runs.ts';
import { count } from '../shared/format.ts';
import type { TrainerController } from './controller.ts';
import type { Recovered } from './shown-run.ts';

/** Said aloud when the state changes. */
export function stateInWords(trainer: TrainerController): string {
  const { state, history, failure } = trainer;
  const epoch = history.last?.number ?? 0;
  return {
    loading: '',
    ready: text.run.readyAtEpoch0,
    running: text.common.isTraining,
    paused: text.common.isPausedAfterEpoch(epoch),
    done: endInWords(trainer.latest),
    diverged: endInWords(trainer.latest),
    failed: inLanguage(failure ?? ''),
  }[state];
}

/** Empty where nothing went wrong. */
export function troubleInWords(trainer: TrainerController): string {
  const { state, failure, latest } = trainer;
  if (state === 'failed') return failure ? inLanguage(failure) : text.common.runFailed;
  return state === 'diverged' ? endInWords(latest) : '';
}

/** Why something that was asked for beside the run could not be had; empty where all could. */
export function complaintInWords({ complaint }: TrainerController): string {
  return complaint === undefined ? '' : text.run.couldNotBeHad(inLanguage(complaint));
}

/** Why a run that was open when the page was last here begins anew; empty where none does. */
export function anewInWords({ anew }: TrainerController): string {
  return anew === undefined ? '' : text.run.beginsAnew(inLanguage(anew));
}

/** Label of the way on; empty where there is none. */
export function recoveryAction(trainer: TrainerController): string {
  const { state } = trainer;
  if (state === 'failed') return text.run.reset;
  return state === 'diverged' ? text.run.trainWith(smallerRate(trainer)) : '';
}

export function takeRecoveryAction(trainer: TrainerController): void {
  if (trainer.state === 'failed') void trainer.reset();
  else {
    trainer.controls.change('trial.training.optimizer.learning_rate', smallerRate(trainer));
    void trainer.apply();
  }
}

/** How the run ended; empty while it has not. */
export function endInWords(latest: Pick<Update, 'outcome'> | undefined): string {
  const { explanation = '', ...said } = latest?.outcome ?? {};
  return inLanguage({ ...said, text: explanation });
}

function smallerRate({ run }: TrainerController): number {
  return Number(((run?.trial.training.optimizer.learning_rate ?? 1) / 10).toPrecision(2));
}

export function recoveryInWords({
  epoch: at,
  reason,
  of = 'device',
  moved,
}: Recovery & { of?: Recovered['of'] }): string {
  const epoch = count(at);
  if (moved) return text.run.movedToCpu({ reason: inLanguage(reason), epoch });
  return of === 'worker' ? text.run.workerLost(epoch) : text.run.deviceLost({ reason: inLanguage(reason), epoch });
}
