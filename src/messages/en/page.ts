/** What the page's workers refuse, and how they come to an end. */

import { inEnglish, type Said } from '../../util/message.ts';
import { count as whole } from '../../util/thousands.ts';
import { gigabytes } from './engines/engines.ts';

export const page = {
  panel_unknown: ({ name, choices }: { name: string; choices: readonly string[] }) =>
    `The address asks for a panel \`${name}\`; there are ${choices.join(', ')}. All are shown.`,
  link_too_long: ({ limit }: { limit: number }) => `all of it, as it has over ${whole(limit)} characters`,
  link_word_twice: ({ name }: { name: string }) => `\`${name}\` is given twice; the last of them holds`,
  problems_more: ({ count }: { count: number }) => `and ${whole(count)} more`,
  sample_unfetched: ({ file, why }: { file: string; why: Said }) =>
    `The sample ${file} could not be fetched (${inEnglish(why)}); check the connection and choose it again.`,
  response_status: ({ status }: { status: number }) => `status ${status}`,
  server_unreached: 'Failed to fetch',
  reading_cancelled: 'The reading was cancelled.',
  table_missing: 'There is no table yet; open a CSV file.',
  table_without_target: 'The table has no column to predict.',
  run_table_missing: 'The table of this run is not kept any more; open its file, and then the run.',
  model_missing: 'There is no model yet; train one, or load one from a file.',
  explain_table_missing:
    'A prediction is explained against those for other rows; open a table with the columns of this model.',
  memory_asked: ({ bytes }: { bytes: number }) =>
    `Training takes about ${gigabytes(bytes)} of memory; start it by hand.`,
  database_closed: 'the browser does not open its database, as where its disk is full',
  worker_stopped: ({ detail }: { detail: string }) =>
    `The training worker stopped${detail && `: ${detail}`}. Reset starts a new one.`,
  worker_stopped_often: 'The training worker stopped several times at this point. Reset starts a new one.',
  worker_stopped_early: 'the training worker stopped before any epoch of it was kept.',
  device_gone: ({ why }: { why: Said }) => `the GPU device was lost (${inEnglish(why)}), and no other could be had.`,
  device_lost_often: ({ why }: { why: Said }) =>
    `The GPU device was lost (${inEnglish(why)}). It was lost several times at this point. Reset starts again on a new one.`,
  device_not_replaced: ({ why, problem }: { why: Said; problem: Said }) =>
    `The GPU device was lost (${inEnglish(why)}). A new one could not go on: ${inEnglish(problem)} Reset starts again.`,
};
