/** The runs that are kept, as the page lists them. */
import { withFirstData, withFirstDefaults } from '../../../spec/first-defaults.ts';
import type { Trial } from '../../../spec/settings.ts';
import type { RunEntry, StoredRun } from '../../protocol/runs.ts';
import { liveSettings } from '../../shared/live-steps.ts';
import { openTabs } from '../../shared/tab.ts';
import { readAll } from './readable.ts';
import type { Store } from './store.ts';

/** @param tab whose list it is @returns newest first, and how many entries cannot be read */
export async function listRuns(store: Store, tab: string | undefined): Promise<{ runs: StoredRun[]; unread: number }> {
  const [entries, marks, open, tabs] = await Promise.all([
    readAll(store, 'entries'),
    readAll(store, 'marks'),
    openTabs(),
    readAll(store, 'tabs'),
  ]);
  const byRun = new Map(marks.sound);
  const others = tabs.sound.filter(([id]) => id !== tab && open?.has(id));
  const elsewhere = new Set(others.map(([, { run }]) => run));
  const runs = entries.sound
    .map(
      ([id, entry]): StoredRun => ({
        ...asOfNow(entry),
        mark: byRun.get(id) ?? {},
        elsewhere: elsewhere.has(id),
      }),
    )
    .filter(({ mark }) => !mark.deleted)
    .sort((a, b) => b.created - a.created);
  return { runs, unread: entries.unread.length + marks.unread.length + tabs.unread.length };
}

/** Earlier versions kept fewer settings, the earliest no changes. */
export function asOfNow({ settings: kept, ...entry }: RunEntry): RunEntry {
  const settings = { ...kept, trial: withFirstDefaults(kept.trial) as Trial, data: withFirstData(kept.data) };
  return { ...entry, settings, began: entry.began ?? liveSettings(settings), changes: entry.changes ?? [] };
}
