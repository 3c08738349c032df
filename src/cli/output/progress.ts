/**
 * One line on standard error while training: epochs, losses, time left. Only where a person watches; it is gone when
 * training ends, as the result says more.
 */
import type { EpochRecord } from '../../train/trainer.ts';

export interface Progress {
  update(record: EpochRecord): void;
  stop(): void;
}

const longestBar = 32;
const shortestBar = 8;

export async function showProgress(epochs: number): Promise<Progress> {
  const { SingleBar } = (await import('cli-progress')).default;
  let last: EpochRecord | undefined;
  const bar = new SingleBar({
    format: () => progressLine(last, epochs, process.stderr.columns ?? 80, colours()),
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
    gracefulExit: false, // the run has its own answer to Ctrl-C
  });
  bar.start(epochs, 0);
  return {
    update(record) {
      last = record;
      bar.update(record.number);
    },
    stop: () => bar.stop(),
  };
}

function colours(): { on: string; off: string } {
  return process.stderr.hasColors?.() ? { on: '\u001b[36m', off: '\u001b[0m' } : { on: '', off: '' };
}

/** What a terminal adds of its own when Ctrl-C is pressed; a line that it breaks could not be wiped away. */
const echo = '^C'.length;

/** Fields keep their places while numbers change; the bar takes what room is left, or none. */
export function progressLine(
  record: EpochRecord | undefined,
  epochs: number,
  columns: number,
  { on, off } = { on: '', off: '' },
): string {
  const number = record?.number ?? 0;
  const left = `epoch ${String(number).padStart(String(epochs).length)}/${epochs}`;
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
  const done = Math.round((room * number) / epochs);
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
