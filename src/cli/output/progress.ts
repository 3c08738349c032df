/**
 * One line on standard error while training: epochs, losses, time left. Only where a person watches; it is gone when
 * training ends, as the result says more.
 */
import { stepsInEpoch } from '../../engine/step-schedule.ts';
import type { EpochRecord, Outcome, Run } from '../../train/trainer.ts';
import type { TrainCheckpoints, TrainPart } from '../checkpoints/train-checkpoint.ts';
import type { Watch } from '../interrupt.ts';

interface Progress {
  update(record: EpochRecord): void;
  stop(): void;
}

const longestBar = 32;
const shortestBar = 8;

/** What is said before the epochs, and where the run is kept meanwhile. */
interface Training {
  doing?: string;
  kept?: TrainCheckpoints;
  part?: TrainPart;
}

/** Trains to the end, or until Ctrl-C. */
export async function watchRun(
  watch: Watch,
  run: Run,
  epochs: number,
  { doing, kept, part = 'train' }: Training = {},
): Promise<{ outcome: Outcome; seconds: number }> {
  const trained = () => trainWatched(watch, run, epochs, doing);
  return kept ? kept.keeping(part, run, watch.signal, trained) : trained();
}

async function trainWatched(
  { signal, withBar }: Watch,
  run: Run,
  epochs: number,
  doing: string | undefined,
): Promise<{ outcome: Outcome; seconds: number }> {
  const steps = stepsInEpoch(run.data.sets.train.length, run.trials[0].trial.training.batch_size);
  const epochsDone = () => run.stepsDone / steps;
  const begun = performance.now();
  const stop = () => run.stop();
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop);
  try {
    await withBar(
      () => showProgress(epochs, epochsDone, doing),
      async (bar) => {
        for await (const record of run) bar?.update(record);
      },
    );
  } finally {
    signal.removeEventListener('abort', stop);
  }
  if (!run.outcome) throw new Error('the run ended without an outcome');
  return { outcome: run.outcome, seconds: (performance.now() - begun) / 1000 };
}

/** An epoch that takes longer says how far it is. */
const longEpochMs = 1000;

/** @param epochsDone with the part of the current one */
async function showProgress(epochs: number, epochsDone: () => number, doing = ''): Promise<Progress> {
  const { SingleBar } = (await import('cli-progress')).default;
  let last: EpochRecord | undefined;
  let begun = performance.now();
  const share = () => (performance.now() - begun > longEpochMs ? epochsDone() - (last?.number ?? 0) : 0);
  const bar = new SingleBar({
    format: () => progressLine(last, epochs, process.stderr.columns ?? 80, { ...colours(), doing }, share()),
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
    gracefulExit: false, // the run has its own answer to Ctrl-C
  });
  bar.start(epochs, 0);
  return {
    update(record) {
      last = record;
      begun = performance.now();
      bar.update(record.number);
    },
    stop: () => bar.stop(),
  };
}

/** Of a line of progress, where the terminal has any. */
export function colours(): { on: string; off: string } {
  return process.stderr.hasColors?.() ? { on: '\u001b[36m', off: '\u001b[0m' } : { on: '', off: '' };
}

/** What a terminal adds of its own when Ctrl-C is pressed; a line that it breaks could not be wiped away. */
const echo = '^C'.length;

/**
 * Fields keep their places while numbers change; the bar takes what room is left, or none.
 * @param share of the current epoch, where it takes long
 */
export function progressLine(
  record: EpochRecord | undefined,
  epochs: number,
  columns: number,
  { on = '', off = '', doing = '' } = {},
  share = 0,
): string {
  const number = record?.number ?? 0;
  const part = share > 0 ? `  ${String(Math.floor(100 * Math.min(share, 1))).padStart(3)} % of the next` : '';
  const left = `${doing}epoch ${String(number).padStart(String(epochs).length)}/${epochs}${part}`;
  const right = record
    ? [
        `train loss ${loss(record.train_loss)}`,
        record.validation_loss === null ? '' : `validation ${loss(record.validation_loss)}`,
        `${timeLeft((record.seconds / number) * (epochs - number))} left`,
      ]
        .filter(Boolean)
        .join('  ')
    : 'starting';
  const room = Math.min(longestBar, columns - 1 - echo - left.length - right.length - 4);
  if (room < shortestBar) return `${left}  ${right}`.slice(0, columns - 1 - echo);
  const done = Math.round((room * Math.min(number + share, epochs)) / epochs);
  return `${left}  ${on}${'━'.repeat(done)}${off}${'─'.repeat(room - done)}  ${right}`;
}

function loss(value: number): string {
  return (Math.abs(value) >= 1e-3 && Math.abs(value) < 1000 ? value.toPrecision(3) : value.toExponential(2)).padEnd(7);
}

function timeLeft(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`.padStart(6);
  if (seconds < 5400) return `${Math.ceil(seconds / 60)} min`.padStart(6);
  return `${Math.ceil(seconds / 3600)} h`.padStart(6);
}
