/**
 * A folder as the store of a sweep: a file for each value, in the format of structured clone (`node:v8`), which keeps every
 * bit of typed arrays and the numbers that JSON has no word for.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Calibration } from '../engine/calibration.ts';
import { InputError } from '../spec/errors.ts';
import { type SweepStore, storeVersion } from '../sweep/store.ts';
import { writeFiles } from './files.ts';

const suffix = '.checkpoint';

export interface SweepFolder extends SweepStore {
  readonly path: string;
  /** Whether anything is kept there. */
  readonly empty: boolean;
}

/** @param path made when something is first written to it */
export function sweepFolder(path: string): SweepFolder {
  const fileOf = (name: string) => join(path, `${name.replaceAll(' ', '-')}${suffix}`);
  const names = () => {
    try {
      return readdirSync(path).filter((file) => file.endsWith(suffix));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  };
  return {
    path,
    get empty() {
      return names().length === 0;
    },
    list: async () => names().map((file) => file.slice(0, -suffix.length).replace('-', ' ')),
    async read(name) {
      const file = fileOf(name);
      try {
        return deserialize(readFileSync(file));
      } catch (error) {
        throw new InputError(
          `${file}: cannot be read (${(error as Error).message}); delete it, and what it held begins anew.`,
          'resume',
        );
      }
    },
    async write(name, value) {
      mkdirSync(path, { recursive: true });
      writeFiles({ [fileOf(name)]: [serialize(value)] });
    },
    async remove(name) {
      rmSync(fileOf(name), { force: true });
    },
  };
}

/**
 * The choices that a sweep's populations were made by, kept beside them: one that goes on has to take the same plan and
 * kernels to come to the same bits, even where the machine's own calibration has been measured anew since.
 */
export function keepingChoices(store: SweepStore, inner: Calibration): Calibration {
  const name = 'choices';
  let known: Promise<Record<string, string>> | undefined;
  const all = () => {
    known ??= store
      .list()
      .then(async (names) => (names.includes(name) ? ((await store.read(name)) as Kept).choices : {}));
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
