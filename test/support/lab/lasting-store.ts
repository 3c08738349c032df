/** The database of a browser, in memory: what is kept in it outlives the workers of a test. */
import { memoryStore, type Shelf, type Store, shelves } from '../../../src/lab/worker/storage/store.ts';

export function lastingStore(): Store {
  return { ...memoryStore(), lasting: true };
}

/** As it is this moment: what a page finds that opens after another was killed. */
export async function copyOf(store: Store): Promise<Store> {
  const copy = lastingStore();
  for (const shelf of shelves) {
    const values = await store.all(shelf);
    await copy.write(values.map(([key, value]) => ({ shelf: shelf as Shelf, key, value })));
  }
  return copy;
}
