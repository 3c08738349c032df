/**
 * What a run, a sweep or a report keeps in the folder of `--out`, so that it can be killed at any moment and go on: a file for each value
 * (`machine/checkpoint-file.ts`).
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Option } from 'commander';
import { type Notice, warning } from '../../data/table/notices.ts';
import type { Calibration } from '../../engine/calibration.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../../machine/checkpoint-file.ts';
import { disk } from '../../machine/disk.ts';
import { cli } from '../../messages/en/command-line/cli.ts';
import { sweeps } from '../../messages/en/training/sweeps.ts';
import { readStored } from '../../sweep/store/read-store.ts';
import { type SweepStore, storeVersion, UnusableError, type UnusableValue } from '../../sweep/store/store.ts';
import { choicesSchema } from '../../sweep/store/store-schema.ts';
import { InputError } from '../../util/errors.ts';
import { type Message, message } from '../../util/message.ts';
import { fileProblem } from '../failures.ts';
import { refuseLocked } from '../files/lock.ts';
import { writeFile } from '../files/write.ts';
import { inLanguage } from '../language.ts';
import { printError } from '../output/terminal.ts';
import { steadyStore } from './steady-store.ts';

const suffix = '.checkpoint';

export interface KeptFolder extends SweepStore {
  readonly path: string;
  /** What keeps something there; undefined where nothing is kept. */
  kind(): 'sweep' | 'fit' | 'report' | 'run' | undefined;
  /** Removes all of it. */
  clear(): void;
}

/** What becomes of a folder that holds results already. */
export interface FolderFlags {
  out?: string;
  overwrite?: boolean;
  resume?: boolean;
}

export const overwriteOption = () => new Option('--overwrite', 'Write over what the folder of --out holds already');

/**
 * What the commands write; those that go on with something are looked for first. `files` say what wrote them, the first
 * two of them in every case; `shared` are written by others too.
 */
const results = [
  { what: 'sweep', files: ['sweep.json', 'trials.csv'], shared: ['curves.csv', 'model.safetensors', 'optuna.log'] },
  { what: 'report', files: ['report.json', 'cells.csv', 'fits.csv', 'best.safetensors'], shared: ['curves.csv'] },
  // Of a part of a sweep or of a fit; what it goes on from says of which.
  { what: 'shard', files: ['shard.json'], shared: [] },
  { what: 'fit', files: ['fit.json'], shared: ['model.safetensors', 'report.html'] },
  { what: 'run', files: ['model.safetensors', 'history.csv', 'report.html'], shared: [] },
] as const;

export type ResultKind = (typeof results)[number]['what'];

/**
 * Results of hours are not written over by accident: asked before a table is read, and long before anything is trained.
 * @param what the command writes, which is what --resume goes on with
 * @throws InputError where the folder holds earlier results, or another process writes to it
 */
export function refuseEarlier({ out, overwrite, resume }: FolderFlags, what: ResultKind): void {
  if (out === undefined) {
    if (!resume && !overwrite) return;
    if (resume) throw new InputError(message(cli, 'resume_without_out', { held: what }), 'resume');
    throw new InputError(message(cli, 'overwrite_without_out'), 'overwrite');
  }
  if (resume && overwrite) {
    throw new InputError(message(cli, 'overwrite_and_resume'), 'overwrite');
  }
  refuseLocked(out);
  if (overwrite) return;
  const known = results.flatMap(({ what: kind, files }) => files.map((file) => ({ kind, file })));
  const there = known.filter(({ file }) => existsSync(join(out, file)));
  // What was killed while it wrote over something else has a checkpoint, and no results yet.
  const kind = folderStore(join(out, 'checkpoint')).kind();
  const found = kind ? (there.find((one) => one.kind === kind) ?? { kind, file: 'checkpoint' }) : there[0];
  if (!found || (resume && found.kind === what)) return;
  // A sweep that has ended can get more trials.
  const resumable = found.kind === what && (kind === what || what === 'sweep');
  const said = { folder: out, held: found.kind, file: found.file, resumable };
  throw new InputError(message(cli, 'out_holds_results', said), 'out');
}

/** Whether all is done there: results, and nothing to go on with. */
export function hasEnded(out: string, what: 'report' | 'run'): boolean {
  if (folderStore(join(out, 'checkpoint')).kind() === what) return false;
  const own = results.find((one) => one.what === what);
  return own?.files.slice(0, 2).every((file) => existsSync(join(out, file))) ?? false;
}

/**
 * The store in a folder for results: its `checkpoint`. Undefined where no folder was asked for. What --overwrite is to
 * write over stays until something is kept in its place, and is not to be seen until then.
 */
export function keptFolder({ out, overwrite }: FolderFlags): KeptFolder | undefined {
  if (out === undefined) return undefined;
  const store = folderStore(join(out, 'checkpoint'));
  if (!overwrite) return steadyStore(store, say);
  let begun = false;
  const anew = {
    ...store,
    list: async () => (begun ? store.list() : []),
    async write(name: string, value: unknown) {
      if (!begun) store.clear();
      begun = true;
      await store.write(name, value);
    },
  };
  return steadyStore(anew, say);
}

function say(said: Message): void {
  printError(inLanguage(said));
}

/**
 * What earlier results have left in a folder where others appear: whoever looks there for a model shall find those. Files
 * that only share a name with results stay.
 * @param names of the new results
 * @param inputs paths of what they were made of
 * @returns names in the folder
 */
export function earlierFiles(
  { out, overwrite, resume }: FolderFlags,
  names: readonly string[],
  inputs: readonly string[],
): string[] {
  // What goes on may have begun with --overwrite.
  if (out === undefined || !(overwrite || resume)) return [];
  const spared = new Set(inputs.map((path) => resolve(path)));
  const earlier = results.filter(({ files }) => files.slice(0, 2).every((file) => existsSync(join(out, file))));
  const theirs = new Set<string>(earlier.flatMap(({ files, shared }) => [...files, ...shared]));
  return [...theirs].filter((name) => !names.includes(name) && !spared.has(resolve(out, name)));
}

/** The same of what there was to go on from, once other results are there. */
export function clearEarlier({ out, overwrite, resume }: FolderFlags, what: ResultKind): void {
  if (out === undefined || !(overwrite || resume)) return;
  const store = folderStore(join(out, 'checkpoint'));
  if (store.kind() !== what) store.clear();
}

function readCheckpoint(file: string): ReturnType<typeof decodeCheckpoint> {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    if (!fileProblem(error)) throw error;
    return { problem: 'unreadable' };
  }
  return decodeCheckpoint(bytes);
}

/** @param path made when something is first written to it */
function folderStore(path: string): KeptFolder {
  const fileOf = (name: string) => join(path, `${name.replaceAll(' ', '-')}${suffix}`);
  const names = () => {
    try {
      return readdirSync(path).filter((file) => file.endsWith(suffix));
    } catch (error) {
      if (['ENOENT', 'ENOTDIR'].includes(String((error as NodeJS.ErrnoException).code))) return [];
      throw error;
    }
  };
  return {
    path,
    kind() {
      const kept = names();
      if (kept.some((file) => /^(about|ended|running|shard)\b/.test(file))) return 'sweep';
      if (kept.some((file) => /^(fit|pack)\b/.test(file))) return 'fit';
      if (kept.some((file) => /^(train|refit)\b/.test(file))) return 'run';
      // Choices alone are nothing to go on with.
      return kept.some((file) => file !== `choices${suffix}`) ? 'report' : undefined;
    },
    list: async () => names().map((file) => file.slice(0, -suffix.length).replace('-', ' ')),
    placeOf: fileOf,
    async read(name) {
      const read = readCheckpoint(fileOf(name));
      if ('value' in read) return read.value;
      throw new UnusableError(fileOf(name), read.problem);
    },
    async write(name, value) {
      writeFile(fileOf(name), encodeCheckpoint(value));
    },
    clear() {
      // Where this is interrupted, what is left is gone on with: the beginning goes last, and what it was chosen by.
      const last = (file: string) => ['train', 'choices'].findIndex((name) => file === name + suffix);
      const kept = names().sort((a, b) => last(a) - last(b));
      for (const file of kept) disk.remove(join(path, file));
      if (kept.length > 0 && readdirSync(path).length === 0) disk.removeFolder(path);
    },
    async remove(name) {
      disk.remove(fileOf(name));
    },
  };
}

/**
 * The choices that a sweep's populations were made by, kept beside them: one that goes on has to take the same plan and
 * kernels to come to the same bits, even where the machine's own calibration has been measured anew since.
 * @param notices gets what follows where they cannot be read
 */
export function keepingChoices(store: SweepStore, inner: Calibration, notices: Notice[]): Calibration {
  const name = 'choices';
  let known: Promise<Record<string, string>> | undefined;
  const read = async () => {
    if (!(await store.list()).includes(name)) return {};
    const unusable: UnusableValue[] = [];
    const kept = await readStored<Kept>(store, name, choicesSchema, unusable);
    for (const { place: name, problem: damage } of unusable) {
      notices.push(warning(message(sweeps, 'choices_unusable', { name, damage })));
    }
    return kept?.choices ?? {};
  };
  const all = () => {
    known ??= read();
    return known;
  };
  const keep = async (key: string, value: string) => {
    const choices = await all();
    if (choices[key] === value) return;
    choices[key] = value;
    await store.write(name, { version: storeVersion, choices });
  };
  return {
    async get(key) {
      const choices = await all();
      const value = choices[key] ?? (await inner.get(key));
      if (value !== undefined) await keep(key, value);
      return value;
    },
    async set(key, value) {
      await keep(key, value);
      await inner.set(key, value);
    },
    failed: (error) => inner.failed?.(error),
  };
}

interface Kept {
  choices: Record<string, string>;
}
