/** A store of measured choices in memory, that tests look into. */
import type { Calibration } from '../../../src/engine/calibration.ts';

export function memoryStore() {
  const entries = new Map<string, string>();
  const store: Calibration = {
    get: async (key) => entries.get(key),
    set: async (key, value) => {
      entries.set(key, value);
    },
  };
  return { store, entries };
}
