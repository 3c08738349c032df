/** What tabs have open, by what each of them keeps of itself; every tab counts as open where the browser does not say. */
import type { TabEntry } from '../../protocol/runs.ts';
import { openTabs } from '../../shared/tab.ts';
import { readAll } from './readable.ts';
import type { Store } from './store.ts';

/** The one that was seen last comes first. */
export async function readTabs(store: Store): Promise<TabEntry[]> {
  const { sound } = await readAll(store, 'tabs');
  const tabs = sound.map(([, tab]) => tab);
  return tabs.sort((a, b) => b.seen - a.seen);
}

/** Runs that tabs have open. */
export async function openRuns(store: Store): Promise<Set<string>> {
  const [open, tabs] = await Promise.all([openTabs(), readTabs(store)]);
  return new Set(tabs.filter(({ id }) => !open || open.has(id)).map(({ run }) => run));
}

/** Tables of runs that tabs have open, deleted ones among them: until they are closed they are not gone. */
export async function openTables(store: Store): Promise<Set<string>> {
  const [open, runs] = await Promise.all([openRuns(store), readAll(store, 'entries')]);
  return new Set(runs.sound.filter(([id]) => open.has(id)).map(([, { table }]) => table.key));
}
