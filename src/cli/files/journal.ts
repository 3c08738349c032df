/**
 * Files that take their names together: a reader finds all the old ones or all the new. They are complete on disk first;
 * then a journal of the names to be given is, which whoever comes next goes through where the process was killed meanwhile;
 * then each file takes its name. Where one cannot, those that have are taken back.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import * as z from 'zod/mini';
import { disk } from '../../machine/disk.ts';
import { type Draft, flushFolder, targetOf, temporaryName, writeWhole } from '../../machine/whole-file.ts';
import { cli } from '../../messages/en/command-line/cli.ts';
import { InputError, RunError } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import { fileProblem } from '../failures.ts';

const journalName = '.perceptron-lab.journal';

/** Names within the folder and no paths: a folder from elsewhere must not move files of others. */
const fileName = z.string().check(
  z.regex(/^[^/\\\0]+$/),
  z.refine((name) => name !== '.' && name !== '..'),
);

const journalSchema = z.object({
  version: z.literal(1),
  place: z.array(z.object({ from: fileName, to: fileName }).check(z.refine(({ from, to }) => targetOf(from) === to))),
  remove: z.array(fileName),
});

type Journal = z.infer<typeof journalSchema>;

export interface CompleteFile {
  /** What messages call it. */
  path: string;
  /** Behind links, where it is to be. */
  target: string;
  draft: Draft;
}

/**
 * @param files complete and on disk
 * @param removed names in the folder that go when the files are there
 * @param placing told which file is at hand
 */
export function placeTogether(
  folder: string,
  files: readonly CompleteFile[],
  removed: readonly string[],
  placing: (path: string) => void,
): void {
  const former = new Map<CompleteFile, string>();
  const placed: CompleteFile[] = [];
  const path = join(folder, journalName);
  try {
    for (const file of files) {
      placing(file.path);
      if (existsSync(file.target)) former.set(file, keepFormer(file.target));
    }
    placing(path);
    writeWhole(path, [`${JSON.stringify(journalOf(folder, files, removed))}\n`]);
    for (const file of files) {
      placing(file.path);
      file.draft.place();
      placed.push(file);
    }
    placing(folder);
    flushFolder(folder);
  } catch (error) {
    takeBack(path, placed.reverse(), former);
    for (const { draft } of files) draft.discard();
    for (const copy of former.values()) disk.remove(copy);
    throw error;
  }
  for (const name of removed) disk.remove(join(folder, name));
  disk.remove(path);
  for (const copy of former.values()) disk.remove(copy);
}

/** At every moment the journal leads to the new files, or the old ones are there. */
function takeBack(journal: string, placed: readonly CompleteFile[], former: ReadonlyMap<CompleteFile, string>): void {
  for (const file of placed) {
    file.draft.takeBack();
    const copy = former.get(file);
    if (copy !== undefined) disk.rename(copy, file.target);
  }
  disk.remove(journal);
}

/** A second name for what a file held, or a copy where the disk has no links. */
function keepFormer(path: string): string {
  const kept = temporaryName(path);
  try {
    disk.link(path, kept);
  } catch {
    disk.copy(path, kept);
  }
  return kept;
}

/** What a link leads to elsewhere is not part of it. */
function journalOf(folder: string, files: readonly CompleteFile[], remove: readonly string[]): Journal {
  const within = files.filter(({ target }) => resolve(dirname(target)) === resolve(folder));
  const place = within.map(({ target, draft }) => ({ from: basename(draft.path), to: basename(target) }));
  return { version: 1, place, remove: [...remove] };
}

export function isUnfinished(folder: string): boolean {
  return existsSync(join(folder, journalName));
}

/**
 * Gives the names that a process has left to be given. The caller is the only one that writes there now.
 * @throws RunError where they cannot be given, InputError where the journal is none
 */
export function finishPlacing(folder: string): void {
  if (!isUnfinished(folder)) return;
  const path = join(folder, journalName);
  try {
    const { place, remove } = readJournal(path);
    for (const { from, to } of place) {
      if (existsSync(join(folder, from))) disk.rename(join(folder, from), join(folder, to));
    }
    flushFolder(folder);
    for (const name of remove) disk.remove(join(folder, name));
    disk.remove(path);
  } catch (error) {
    throw unfinished(folder, error);
  }
}

export function unfinished(folder: string, error: unknown): unknown {
  const reason = fileProblem(error);
  return reason ? new RunError(message(cli, 'results_unfinished', { folder, reason })) : error;
}

function readJournal(path: string): Journal {
  const damaged = () => new InputError(message(cli, 'journal_damaged', { file: path }));
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw error instanceof SyntaxError ? damaged() : error;
  }
  const checked = journalSchema.safeParse(parsed);
  if (!checked.success) throw damaged();
  return checked.data;
}
