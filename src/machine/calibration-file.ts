/**
 * Where choices that were measured on this machine are kept between runs: `calibration.json` in the user's cache folder,
 * for the engine's `calibration` (see `requestEngine`). It is a cache: it may be deleted at any time, a file that does not
 * read as one counts as empty, and where the folder cannot be written every run measures for itself.
 *
 * The file is written beside its place and renamed into it, so that nobody ever reads half a file. Of two processes that
 * write at the same moment one may undo what the other added; each brings its own back with its next choice, and
 * what is lost for good costs a measurement.
 */
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { disk } from './disk.ts';
import { makeFolders, removeOrphans, writeWhole } from './whole-file.ts';

/** What was measured on this machine, in a file: for `calibration` of `requestEngine`. */
export interface CalibrationFile {
  /** Where it is. */
  readonly path: string;
  /**
   * The choice that was kept under this key; undefined where there is none.
   * @param key a plain text
   */
  get(key: string): Promise<string | undefined>;
  /**
   * Keeps a choice.
   * @param key a plain text
   * @param value a plain text
   */
  set(key: string, value: string): Promise<void>;
  /**
   * Told when the file could not be read or written.
   * @param error what was thrown
   */
  failed(error: unknown): void;
  /** What was last told to `failed`, in one line. */
  readonly problem: string | undefined;
  /** Choices in the file, of all adapters. */
  count(): number;
  /** Forgets all of them. */
  clear(): void;
}

/** The oldest are dropped beyond so many. */
const mostChoices = 1000;

/** A home folder may be shared by machines whose adapters have the same name; and the CPU is one of the two compared. */
const machine = `${cpus()[0]?.model.trim() ?? process.arch} x ${availableParallelism()}`;

/**
 * A file that keeps which plan and kernels are fastest here, so that the next run takes the same way at once. It may be
 * deleted at any time; where it cannot be written, every run measures for itself.
 * @param path `calibration.json` in the folder of this package in the user's cache folder unless given
 */
export function calibrationFile(path = defaultPath()): CalibrationFile {
  const own: Record<string, string> = {};
  let problem: string | undefined;
  const full = (key: string) => `${machine} ${key}`;
  return {
    path,
    get problem() {
      return problem;
    },
    async get(key) {
      const name = full(key);
      const choices = read(path);
      return Object.hasOwn(choices, name) ? choices[name] : own[name];
    },
    async set(key, value) {
      const name = full(key);
      delete own[name];
      own[name] = value;
      write(path, { ...read(path), ...own });
    },
    failed(error) {
      problem = String((error as Error)?.message ?? error).split('\n')[0];
    },
    count: () => Object.keys(read(path)).length,
    clear() {
      for (const name of Object.keys(own)) delete own[name];
      disk.remove(path);
    },
  };
}

/** By the customs of the system. */
export function defaultPath(platform = process.platform, env = process.env, home = homedir()): string {
  const folders: Partial<Record<NodeJS.Platform, string>> = {
    win32: env.LOCALAPPDATA || join(home, 'AppData', 'Local'),
    darwin: join(home, 'Library', 'Caches'),
  };
  return join(folders[platform] ?? (env.XDG_CACHE_HOME || join(home, '.cache')), 'perceptron-lab', 'calibration.json');
}

/** What the file holds; nothing where it is missing, or is no file of ours. @throws when it is there and cannot be read */
function read(path: string): Record<string, string> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return {};
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return {};
  return Object.fromEntries(Object.entries(content).filter(([, value]) => typeof value === 'string'));
}

function write(path: string, choices: Record<string, string>): void {
  const kept = Object.fromEntries(Object.entries(choices).slice(-mostChoices));
  makeFolders(dirname(path));
  removeOrphans(dirname(path), basename(path));
  // Unflushed: what a power cut empties is measured again.
  writeWhole(path, [`${JSON.stringify(kept, null, 1)}\n`], false);
}
