/**
 * Writes values by name, one at a time. A value that is replaced while it waits is not written, so that what waits stays
 * small however long the server is away.
 */
import { awaitedLater } from '../util/promises.ts';

export interface LatestWriter<Value> {
  /** In the order of the latest value of each name. */
  put(name: string, value: Value): void;
  /** Resolves when all are written. @throws what writing has thrown, after which nothing more is written */
  written(): Promise<void>;
}

export function latestWriter<Value>(write: (name: string, value: Value) => Promise<unknown>): LatestWriter<Value> {
  const waiting = new Map<string, Value>();
  let writing: Promise<void> | undefined;
  const writeAll = async () => {
    // Sees what is put meanwhile.
    for (const [name, value] of waiting) {
      waiting.delete(name);
      await write(name, value);
    }
    writing = undefined;
  };
  return {
    put(name, value) {
      waiting.delete(name);
      waiting.set(name, value);
      writing ??= awaitedLater(writeAll());
    },
    written: async () => writing,
  };
}
