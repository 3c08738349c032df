/**
 * Writes to a store that may be full: then the oldest models that nobody pinned make room, one after another, since
 * results are worth more than models that can be trained again from their settings.
 */
import { saidBy } from '../../../util/errors.ts';
import type { RunEntry, Trouble } from '../../protocol/runs.ts';
import { isFull } from './full-disk.ts';
import { readAll } from './readable.ts';
import type { Change, Store } from './store.ts';

/**
 * @param spare runs that keep their models
 * @returns what had to be done, or null
 * @throws what is no matter of room
 */
export async function writeWithRoom(
  store: Store,
  changes: readonly Change[],
  spare: () => Promise<ReadonlySet<string>>,
): Promise<Trouble | null> {
  let dropped = 0;
  for (;;) {
    try {
      await store.write(changes);
      return dropped > 0 ? { kind: 'dropped', models: dropped } : null;
    } catch (error) {
      if (!isFull(error)) throw error;
    }
    const oldest = await oldestModel(store, await spare());
    if (!oldest) return { kind: 'full' };
    // Removing takes room too where a disk is full to the last byte; then nothing can be helped here.
    try {
      await store.write([
        { shelf: 'models', key: oldest.id },
        { shelf: 'checkpoints', key: oldest.id },
        { shelf: 'bases', key: oldest.id },
        { shelf: 'entries', key: oldest.id, value: { ...oldest, model: 0 } },
      ]);
    } catch (error) {
      if (!isFull(error)) throw error;
      return { kind: 'full' };
    }
    dropped += 1;
  }
}

/** What is said of an error. */
export function troubleOf(error: unknown): Trouble {
  return isFull(error) ? { kind: 'full' } : { kind: 'failed', message: saidBy(error) };
}

async function oldestModel(store: Store, spare: ReadonlySet<string>): Promise<RunEntry | undefined> {
  const models = new Set(await store.keys('models'));
  const marks = new Map((await readAll(store, 'marks')).sound);
  const entries = (await readAll(store, 'entries')).sound.map(([, entry]) => entry);
  return entries
    .filter(({ id }) => models.has(id) && !marks.get(id)?.pinned && !spare.has(id))
    .sort((a, b) => a.created - b.created)[0];
}
