/**
 * The files of a run that is over. They are made first, and then appear together. What hours have trained is not lost where
 * the folder cannot take it: it is made again if it is gone, and another place is found if need be.
 */
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { disk } from '../../machine/disk.ts';
import { draft, inChunks, makeFolders, type Parts } from '../../machine/whole-file.ts';
import { cli } from '../../messages/en/command-line/cli.ts';
import { InputError, RunError, saidBy } from '../../util/errors.ts';
import { message } from '../../util/message.ts';
import { type CompleteFile, placeTogether } from './journal.ts';
import { destination, unwritten } from './write.ts';

export interface Results {
  /** By their names in the folder. */
  files: Record<string, () => Parts>;
  report?: () => Promise<string>;
  /** Names in the folder of what goes when these files are there: earlier results. */
  replaced: readonly string[];
}

export interface Written {
  files: string[];
  /** Why they are not in the folder that was asked for. */
  unwritten?: RunError;
}

/**
 * Results are printed even if they cannot be written, so a failure is handed back and not thrown.
 * @param ready called before the folder is written to; where it throws, the files go elsewhere
 */
export async function writeResults(folder: string, results: Results, ready = () => {}): Promise<Written> {
  const files = { ...results.files };
  try {
    const page = await results.report?.();
    if (page !== undefined) files['report.html'] = () => [page];
  } catch (defect) {
    // The model shall not be lost with it.
    place(folder, files, results.replaced, ready);
    throw defect;
  }
  return place(folder, files, results.replaced, ready);
}

function place(folder: string, files: Results['files'], replaced: readonly string[], ready: () => void): Written {
  const paths = (of: string) => Object.keys(files).map((name) => join(of, name));
  try {
    makeAgain(folder);
    ready();
    writeTogether(folder, files, replaced);
    return { files: paths(folder) };
  } catch (failure) {
    for (const beside of ['', tmpdir()]) {
      const other = join(beside, `perceptron-lab-${basename(resolve(folder))}-${randomBytes(4).toString('hex')}`);
      if (!written(other, files)) continue;
      const said = message(cli, 'results_elsewhere', { why: saidBy(failure), folder: other });
      return { files: paths(other), unwritten: new RunError(said) };
    }
    if (failure instanceof RunError || failure instanceof InputError) {
      return { files: [], unwritten: new RunError(saidBy(failure)) };
    }
    throw failure;
  }
}

function makeAgain(folder: string): void {
  try {
    makeFolders(folder);
  } catch (error) {
    throw unwritten(folder, error);
  }
}

/** @returns whether the files are in this new folder; otherwise nothing is left of it */
function written(folder: string, files: Results['files']): boolean {
  try {
    disk.makeFolder(folder);
  } catch {
    return false; // the next place may take them, and why the first did not is said
  }
  try {
    writeTogether(folder, files, []);
    return true;
  } catch (error) {
    disk.removeFolder(folder);
    if (!(error instanceof RunError)) throw error;
    return false;
  }
}

/** All are complete on disk before the first takes its name. @throws RunError */
export function writeTogether(folder: string, files: Results['files'], removed: readonly string[] = []): void {
  const complete: CompleteFile[] = [];
  let at = folder;
  try {
    for (const [name, parts] of Object.entries(files)) {
      at = join(folder, name);
      const target = destination(at);
      const file = { path: at, target, draft: draft(target) };
      complete.push(file);
      for (const chunk of inChunks(parts())) file.draft.write(chunk);
      file.draft.flush();
    }
  } catch (error) {
    for (const file of complete) file.draft.discard();
    throw unwritten(at, error);
  }
  try {
    placeTogether(folder, complete, removed, (path) => {
      at = path;
    });
  } catch (error) {
    throw unwritten(at, error);
  }
}
