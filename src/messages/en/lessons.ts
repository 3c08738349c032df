/** Why a lesson's file is refused. */
import { inEnglish, type Said } from '../../util/message.ts';
import { list } from '../../util/words.ts';

const megabytes = (bytes: number) => `${Math.ceil(bytes / 1e6)} MB`;

export const lessons = {
  lesson_refused: ({ file, why }: { file: string; why: Said }) =>
    `The lesson ${file} was not opened: ${inEnglish(why)}`,
  lesson_step: ({ step, why }: { step: number; why: Said }) => `step ${step}, ${inEnglish(why)}`,
  lesson_too_large: ({ bytes, limit }: { bytes: number; limit: number }) =>
    `it has ${megabytes(bytes)}, and a lesson at most ${megabytes(limit)}.`,
  lesson_not_json: 'it is not JSON.',
  lesson_not_json_at: ({ line, place }: { line: number; place: number }) =>
    `it is not JSON from line ${line}, character ${place}, on.`,
  lesson_table: ({ choices }: { choices: readonly string[] }) => `table: give one of ${list(choices)}.`,
  lesson_text_alone: 'table.text: it needs table.file, the name of the table.',
  lesson_generate_alone: 'table.generate: only a sample that is made by a formula has it.',
  lesson_score: 'wait.at_least: give either at_least or at_most.',
  lesson_unknown: ({ name, choices }: { name: string; choices: readonly string[] }) =>
    `there is no lesson \`${name}\`; choose ${list(choices)}, or give the address of a file.`,
  lesson_elsewhere: ({ address }: { address: string }) =>
    `${address} is on another host than this page, which asks no other for anything.`,
  lesson_unfetched: ({ address, why }: { address: string; why: Said }) =>
    `${address} could not be fetched (${inEnglish(why)}).`,
};
