/** A store of a sweep in memory, that remembers how it was after every write: as many moments to be killed at. */
import type { SweepStore } from '../../../src/sweep/store/store.ts';

export interface MemoryStore extends SweepStore {
  /** Names of the values now. */
  names(): string[];
  /** A store of its own for each moment. */
  moments(): MemoryStore[];
}

export function memoryStore(values: ReadonlyMap<string, unknown> = new Map()): MemoryStore {
  const now = new Map(values);
  const past: Map<string, unknown>[] = [];
  return {
    names: () => [...now.keys()],
    moments: () => past.map((moment) => memoryStore(moment)),
    list: async () => [...now.keys()],
    read: async (name) => structuredClone(now.get(name)),
    async write(name, value) {
      now.set(name, structuredClone(value));
      past.push(new Map(now));
    },
    async remove(name) {
      now.delete(name);
      past.push(new Map(now));
    },
  };
}
