/** What the command line refuses, and what it says beside the results. */

import { inEnglish, type Said } from '../../../util/message.ts';
import { counted, count as whole } from '../../../util/thousands.ts';
import { list, some } from '../../../util/words.ts';

/** Why a file or a folder cannot be read or written. */
export const fileReasons = {
  missing: 'no such file',
  folder: 'is a folder, not a file',
  within_file: 'a part of this path is a file, not a folder',
  denied: 'permission denied',
  read_only: 'the disk is read-only',
  full: 'no space left on the disk',
  long_name: 'the name is too long',
  many_open: 'too many open files',
  broken: 'the disk cannot be read or written',
  not_folder: 'is a file, not a folder',
  no_place: 'no folder can be made there',
};

export type FileReason = keyof typeof fileReasons;

/** What is a file by no name of its own. */
export const streams = { input: 'standard input', output: 'standard output', unknown: 'A file' };

export type Stream = keyof typeof streams;

/** What a folder may hold. */
type Result = 'sweep' | 'report' | 'fit' | 'run' | 'shard';

/** A setting that a run was begun with, and what is given now. */
interface Difference {
  name: string;
  stored: string;
  given: string;
}

export interface TableSize {
  rows: number;
  features: number;
}

const sizeOf = ({ rows, features }: TableSize) => `${counted(rows, 'row')} with ${counted(features, 'feature')}`;
const alike = (one: TableSize, other: TableSize) => one.rows === other.rows && one.features === other.features;

const meant = (near?: string) => (near ? ` (did you mean ${near}?)` : '');

export const cli = {
  command_unknown: ({ name, near }: { name: string; near?: string }) =>
    `There is no command \`${name}\`${meant(near)}; see perceptron-lab --help.`,
  model_named_as_table: ({ file }: { file: string }) =>
    `${file}: is named as a table, where a model is wanted: a .safetensors or .onnx file, or its folder.`,
  out_no_stream: '--out -: is a folder here, and no standard output; name one.',
  word_superfluous: ({ command, text }: { command: string; text: string }) =>
    `${command}: \`${text}\` is one word too many; lists are written with commas, as in 150,150, and names with blanks in quotes.`,
  argument_missing: ({ argument }: { argument: string }) =>
    `${argument} is missing; --help shows how the command is written.`,
  option_unknown: ({ option, near }: { option: string; near?: string }) =>
    `There is no option \`${option}\`${meant(near)}; --help lists them all.`,
  option_missing: ({ option, value }: { option: string; value: string }) =>
    `${option}: is missing; write ${option} ${value}.`,
  option_or_file: ({ option }: { option: string }) =>
    `There is no option \`${option}\`; the file of this name is written ./${option} here.`,
  option_without_value: ({ option, value }: { option: string; value: string }) =>
    `${option}: needs a value, ${option} ${value}.`,
  option_of_other_kind: (p: { option: string; choice: string; kinds: readonly string[]; chosen: string }) =>
    `${p.option}: belongs to --${p.choice} ${list(p.kinds)}; the ${p.choice} is ${p.chosen}.`,
  language_unknown: ({ text, languages }: { text: string; languages: readonly string[] }) =>
    `--lang: "${text}" is not known; choose ${list(languages)}.`,
  split_shares: '--split: give the shares of train, validation and test, such as 0.6,0.2,0.2.',
  target_missing: ({ columns }: { columns: readonly string[] }) =>
    `--target: is missing; name the column to predict: ${list(columns)}.`,
  whole_number: ({ option, text, most }: { option: string; text: string; most: number }) =>
    `${option}: "${text}" is not a whole number from 1 to ${whole(most)}.`,
  option_of_explain: ({ option }: { option: string }) => `${option}: belongs to --explain.`,
  explain_and_out: '--explain: prints no CSV that --out could hold; give one of them.',
  max_trials: ({ text }: { text: string }) => `--max-trials: "${text}" is not a whole number of at least 1.`,
  engine_unknown: (p: { text: string; engines: readonly string[]; near?: string }) =>
    `--engine: "${p.text}" is not known; choose ${list(p.engines)}${meant(p.near)}.`,
  engine_without_gpu: ({ why }: { why: Said }) => `--engine webgpu: ${inEnglish(why)}; or choose cpu.`,

  file_refused: ({ file, reason }: { file: string; reason: FileReason }) => `${file}: ${fileReasons[reason]}.`,
  stream_refused: ({ stream, reason }: { stream: Stream; reason: FileReason }) =>
    `${streams[stream]}: ${fileReasons[reason]}.`,
  file_unwritten: ({ file, reason }: { file: string; reason: FileReason }) =>
    `${file}: ${fileReasons[reason]}; it was not written.`,
  results_elsewhere: ({ why, folder }: { why: Said; folder: string }) =>
    `${inEnglish(why)} All results are in ${folder} instead.`,
  results_unfinished: ({ folder, reason }: { folder: string; reason: FileReason }) =>
    `${folder}: its results were interrupted while they took their names, which cannot be finished: ${fileReasons[reason]}.`,
  journal_damaged: ({ file }: { file: string }) =>
    `${file}: is damaged; delete it, and the results there may be of two runs.`,
  checkpoint_delayed: ({ why }: { why: Said }) =>
    `${inEnglish(why)} Training goes on; it is kept again when the disk takes it.`,
  file_not_json: ({ file, detail }: { file: string; detail: string }) => `${file}: is not JSON: ${detail}.`,
  file_not_fit: ({ file }: { file: string }) =>
    `${file}: is not the fit.json of a fit; name the one that fit --out wrote.`,
  repeat_and_minutes: '--minutes: how long it takes stands in the plan of --repeat; give one of them.',
  fit_ended_early: 'Ended before a network had trained: there is nothing to keep.',
  file_too_large: (p: { file: string; size: number; limit: number }) =>
    `${p.file}: has ${whole(p.size)} bytes, and such a file at most ${whole(p.limit)}.`,
  /** What is wrong within a file. */
  within_file: ({ file, why }: { file: string; why: Said }) => `${file}, ${inEnglish(why)}`,
  folder_without_model: ({ folder, file }: { folder: string; file: string }) =>
    `${folder}: is a folder without ${file}; name one that fit or train --out wrote, or the file itself.`,
  option_of_model: ({ option }: { option: string }) =>
    `${option}: follows from the model that --from names; leave it out.`,
  format_unknown: (p: { text?: string; formats: readonly string[]; near?: string }) =>
    p.text === undefined
      ? `--format: say which one is wanted: ${list(p.formats)}.`
      : `--format: "${p.text}" is not known; choose ${list(p.formats)}${meant(p.near)}.`,
  export_exists: ({ file }: { file: string }) =>
    `${file}: is another file of that name; name another folder with --out, or write over it with --overwrite.`,
  out_refused: ({ file, reason }: { file: string; reason: FileReason }) => `--out ${file}: ${fileReasons[reason]}.`,
  out_without_folder: ({ file, folder }: { file: string; folder: string }) =>
    `--out ${file}: there is no folder ${folder}.`,
  out_is_input: ({ file, input }: { file: string; input: string }) =>
    `--out ${file}: is ${inputName(input)} itself, which would be lost; name another file.`,
  output_is_input: ({ input }: { input: string }) =>
    `Standard output leads to ${inputName(input)}, which is read meanwhile; write to another file.`,
  out_in_use: (p: { folder: string; command: string; pid: number; host: string; since: string; file: string }) =>
    `--out ${p.folder}: ${p.command} writes there (process ${p.pid} on ${p.host}, since ${p.since}); wait for it, name another folder, or delete ${p.file} if it is gone.`,
  out_holds_results: (p: { folder: string; held: Result; file: string; resumable: boolean }) =>
    `--out ${p.folder}: holds a ${p.held} already (${p.file}); ${p.resumable ? 'go on with it by --resume, ' : ''}name another folder, or write over it with --overwrite.`,
  resume_without_out: ({ held }: { held: Result }) =>
    `--resume: goes on with the ${held} in a folder; say which with --out.`,
  resume_other_settings: ({ differences }: { differences: readonly Difference[] }) =>
    `--resume: the run was begun with other settings: ${some(
      differences.map(({ name, stored, given }) => `${name} ${stored} and not ${given}`),
      4,
    )}. Give those, name another folder, or begin anew with --overwrite.`,
  resume_other_table: ({ tables: [kept, given] }: { tables: readonly TableSize[] }) =>
    `--resume: the run was begun on another table: ${sizeOf(kept)}, ${alike(kept, given) ? 'with other values' : `and not ${sizeOf(given)}`}. Give that, name another folder, or begin anew with --overwrite.`,
  nothing_to_resume: ({ folder, held }: { folder: string; held: Result }) =>
    `${folder}: the ${held} has ended, there is nothing to go on with; its results stay as they are.`,
  checkpoint_too_long: ({ size, limit }: { size: number; limit: number }) =>
    `The checkpoint would have ${whole(size)} bytes, and a file that can be read has at most ${whole(limit)}.`,
  run_begins_anew: ({ why }: { why: Said }) =>
    `The run could not go on, and was trained from its beginning: ${inEnglish(why)}`,
  run_not_kept: ({ why }: { why: Said }) =>
    `The run could not be kept, and --resume may not go on with it: ${inEnglish(why)}`,
  overwrite_without_out: '--overwrite: writes over what a folder holds; say which with --out.',
  overwrite_and_resume: '--overwrite: begins anew, and --resume goes on; give one of them.',
  optuna_without_out: '--optuna: the journal is one of the results; say with --out where they go.',
  optuna_of_shard: '--optuna: the journal is of a whole sweep; give it to merge, and not with --shard.',
  optuna_later: ({ why }: { why: Said }) => `${inEnglish(why)} The journal for Optuna is written when the sweep ends.`,
  optuna_of_fit: '--optuna: the journal is of a sweep, and these are shards of a fit; leave it out.',

  page_not_built: ({ folder }: { folder: string }) =>
    `${folder}: the page has not been built; run npm run build first.`,
  port_invalid: ({ text }: { text: string }) => `--port: "${text}" is not a port; give a whole number from 0 to 65535.`,
  port_in_use: ({ port }: { port: number }) =>
    `--port: ${port} cannot be served on (something else is using it); give another one.`,
  port_refused: ({ port, detail }: { port: number; detail: string }) =>
    `--port: ${port} cannot be served on (${detail}); give another one.`,
  defect: ({ detail }: { detail: string }) =>
    `This is a defect of perceptron-lab: ${detail} (the same command with --verbose shows where).`,

  trials_diverged: ({ count }: { count: number }) =>
    `${whole(count)} trial${count === 1 ? '' : 's'} diverged; they are scored with their last good parameters.`,
  changes_unmade: ({ changes }: { changes: string }) => `Not changed, as training ended before: ${changes}.`,
};

/** `-` on the command line. */
function inputName(input: string): string {
  return input === '-' ? streams.input : input;
}
