/** One line on standard error while the founding report is made: which part of it, how far, how long still. */
import type { Progress, Stage } from '../../founding/population.ts';
import { duration } from './output.ts';

const stageNames: Record<Stage, string> = {
  timing: 'timing',
  population: 'training',
  depth: 'depth',
  theory: 'theory',
  published: 'as published',
};

export async function reportProgress() {
  const { SingleBar } = (await import('cli-progress')).default;
  const bar = new SingleBar({
    format: '{stage} {bar} {percentage} %  {left}',
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
    gracefulExit: false, // the report has its own answer to Ctrl-C
    barsize: 24,
  });
  const place = (stage: string) => stage.padEnd(12);
  bar.start(1, 0, { stage: place('starting'), left: '' });
  return {
    update({ stage, done, of, seconds }: Progress) {
      bar.setTotal(of);
      const left = done > 0 ? `${duration((seconds * (of - done)) / done)} left` : '';
      bar.update(done, { stage: place(stageNames[stage]), left });
    },
    stop: () => bar.stop(),
  };
}
