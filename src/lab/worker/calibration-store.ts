/**
 * Where the page keeps choices that were measured on this machine: a database of its own in the browser, for the engine's
 * `calibration`. Where a browser refuses one, as private windows may, every visit measures for itself.
 */
import { type IDBPDatabase, openDB } from 'idb';
import type { Calibration } from '../../engine/calibration.ts';

const name = 'perceptron-lab-calibration';
const choices = 'choices';
/** Beyond so many all are forgotten: most are then of an older browser or driver. */
const mostChoices = 1000;

export function calibrationStore(): Calibration {
  let opened: Promise<IDBPDatabase> | undefined;
  let told = false;
  const database = () => {
    opened ??= openDB(name, 1, {
      upgrade(made) {
        made.createObjectStore(choices);
      },
      // Another version of the page wants the database changed or gone: let it.
      blocking(_before, _after, event) {
        (event.target as IDBDatabase).close();
        opened = undefined;
      },
    });
    return opened;
  };
  return {
    async get(key) {
      const value: unknown = await (await database()).get(choices, key);
      return typeof value === 'string' ? value : undefined;
    },
    async set(key, value) {
      const store = (await database()).transaction(choices, 'readwrite').store;
      if ((await store.count()) >= mostChoices) await store.clear();
      await store.put(value, key);
    },
    failed(error) {
      if (told) return;
      told = true;
      console.info('What is measured is not kept for the next visit:', error);
    },
  };
}
