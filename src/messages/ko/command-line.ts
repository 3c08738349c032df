/** All that the command line says, in Korean: what the library says, and what the page never does. */
import { cli } from './command-line/cli.ts';
import { findings } from './command-line/findings.ts';
import { founding } from './command-line/founding.ts';
import { machine } from './command-line/machine.ts';
import { queue } from './command-line/queue.ts';
import { report } from './command-line/report.ts';
import { shards } from './command-line/shards.ts';
import { summary } from './command-line/summary.ts';
import { ko as library } from './index.ts';

export const ko = {
  ...library,
  ...cli,
  ...findings,
  ...founding,
  ...machine,
  ...queue,
  ...report,
  ...shards,
  ...summary,
};
