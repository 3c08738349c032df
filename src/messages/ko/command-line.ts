/** All that the command line says, in Korean: what the library says, and what the page never does. */
import { cli } from './cli.ts';
import { findings } from './findings.ts';
import { founding } from './founding.ts';
import { ko as library } from './index.ts';
import { machine } from './machine.ts';
import { queue } from './queue.ts';
import { shards } from './shards.ts';
import { summary } from './summary.ts';

export const ko = { ...library, ...cli, ...findings, ...founding, ...machine, ...queue, ...shards, ...summary };
