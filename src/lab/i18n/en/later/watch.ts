import { textOf } from '../../text.ts';

/** The queue, its workers and the sweeps on it. */
export const watch = {
  title: 'Queue',
  asking: 'Asking how the queue stands.',
  notServed: 'This page is not served with a queue. The command that does so:',
  serverLost: 'The command that serves this page does not answer: it may have been ended. The page tries again.',
  unreachable: (queue: string) =>
    `${queue} does not answer. This is how it stood last; it goes on by itself when the server is back.`,
  sweeps: 'Sweeps and fits',
  noSweeps: 'No sweep or fit is on this queue, nor was in the last day. The command that sends a sweep:',
  unread: (sweeps: number) =>
    sweeps === 1
      ? 'One more was sent by another version, and cannot be shown.'
      : `${sweeps} more were sent by other versions, and cannot be shown.`,
  fitOf: ({ table, target }: { table: string; target: string }) => `${table}: ${target}, fit`,
  sweepOf: ({ table, target }: { table: string; target: string }) => `${table}: ${target}`,
  states: { training: 'training', away: 'submitter away', done: 'done', left: 'left to workers', failed: 'failed' },
  ended: ({ ended, trials }: { ended: string; trials: string }) => `${ended} of ${trials} trials`,
  endedAndLeft: ({ ended, trials, left }: { ended: string; trials: string; left: string }) =>
    `${ended} of ${trials} trials, about ${left} left`,
  networks: (networks: string) => `${networks} networks`,
  allEnded: ({ trials, time }: { trials: string; time: string }) => `${trials} trials in ${time}`,
  done: ({ trials, time }: { trials: string; time: string }) =>
    `Done: ${trials} trials in ${time}. Report and model are where the sweep was sent from.`,
  fitBegins: 'No pack of networks has come yet.',
  fitDone: ({ trained, time }: { trained: string; time: string }) =>
    `Done in ${time}. ${trained} Report and model are where the fit was sent from.`,
  fitStands: ({ trained, time }: { trained: string; time: string }) => `${trained} ${time}.`,
  fitStandsAndLeft: ({ trained, time, left }: { trained: string; time: string; left: string }) =>
    `${trained} ${time}, about ${left} left.`,
  awayHelp: 'The command that sent it is silent. Workers go on; the same command with --resume takes their results up.',
  leftHelp: 'The command that sent it was ended. Workers go on; the same command with --resume takes their results up.',
  fitLeftHelp: 'The command that sent it was ended: the best model so far is written there, and --resume goes on.',
  failedHelp: 'Jobs of it have failed, and all others are done; the same command with --resume tries these again.',
  otherVersion: (version: string) => `Sent by version ${version}.`,
  jobs: 'Jobs',
  jobCounts: (p: { waiting: string; active: string; done: string; failed: string }) =>
    `${p.waiting} waiting, ${p.active} training, ${p.done} done, ${p.failed} failed`,
  speedAndLeft: ({ rate, left }: { rate: string; left: string }) => `${rate} trials/s; about ${left} left`,
  idle: 'Nothing was trained in the last minute.',
  failures: 'Failed jobs, the latest first',
  failure: ({ job, attempts }: { job: string; attempts: number }) =>
    attempts === 1 ? `Job ${job}, 1 attempt:` : `Job ${job}, ${attempts} attempts:`,
  workers: (workers: string) => `Workers (${workers})`,
  noWorkers: 'No worker is there. The command for each machine that shall train:',
  perSecond: (rate: string) => `${rate} trials/s`,
  workerJobs: ({ active, concurrency, jobs, trials }: Record<'active' | 'concurrency' | 'jobs' | 'trials', string>) =>
    `${active} of ${concurrency} in training; jobs done: ${jobs}, trials: ${trials}`,
  workerVersion: (version: string) => `version ${version}: takes none of these jobs`,
  scores: 'Trial scores',
  trialsEnded: 'trials ended',
  combination: 'combination',
  best: 'best',
  onlySome: ({ shown, ended }: { shown: string; ended: string }) => `${shown} of ${ended} trials are drawn`,
  beyond: (trials: number) => (trials === 1 ? '1 beyond the axis' : `${trials} beyond the axis`),
  chosenTrials: 'the chosen combination',
  scoresEmpty: 'Scores come here as trials end.',
  scoresSummary: ({ metric, trials, best }: { metric: string; trials: string; best: string }) =>
    `${metric} of ${trials} trials in the order in which they ended; the best so far is ${best}.`,
  endedAs: (place: string) => `ended as number ${place}`,
  someCombinations: ({ shown, all }: { shown: string; all: string }) =>
    `Of ${all} combinations, ${shown} have a trial that has ended.`,
  bestCombinations: ({ shown, all }: { shown: string; all: string }) => `The best ${shown} of ${all} combinations.`,
};

export const watchText = textOf('watch', watch);
