/** One line that moves while many trials train: how many have ended, how fast, the best so far, how long it will take. */
import type { SweepProgress } from '../../sweep/schedule/progress.ts';
import { duration, significant } from './output.ts';

export interface SweepBar {
  update(progress: SweepProgress): void;
  stop(): void;
}

/** @param doing what is said as long as there is no score @param part what it is a part of, such as "shard 3/16" */
export async function sweepBar(doing = 'no validation yet', part = ''): Promise<SweepBar> {
  const { SingleBar } = (await import('cli-progress')).default;
  const bar = new SingleBar({
    format: `${part && `${part}  `}{bar} {percentage} %  {ended}/{trials} trials  epoch {epoch}  {rate} trials/s  {best}  {left} left`,
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
    gracefulExit: false, // the sweep has its own answer to Ctrl-C
    barsize: 20,
  });
  bar.start(1, 0, { ended: 0, trials: '…', epoch: '…', rate: '…', best: '…', left: '…' });
  let first: number | undefined;
  return {
    update({ trials, ended, epochs, ofEpochs, best, seconds, left }) {
      // What was there before, in a sweep that goes on, says nothing of how fast this one is.
      first ??= epochs;
      const rate = (epochs - first) / Math.max(seconds, 1e-3);
      const remaining = left ?? (rate > 0 ? (ofEpochs - epochs) / rate : undefined);
      bar.setTotal(ofEpochs);
      bar.update(epochs, {
        ended,
        trials,
        epoch: `${Math.floor(epochs / trials)}/${Math.round(ofEpochs / trials)}`,
        rate: significant((rate * trials) / ofEpochs),
        best: best ? `best ${best.name} ${significant(best.value)}` : doing,
        left: remaining === undefined ? '…' : duration(remaining),
      });
    },
    stop: () => bar.stop(),
  };
}
