/** Tabs and the list of runs, from what is kept: no page, and no worker. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { listRuns } from '../../../../../src/lab/worker/storage/run-list.ts';
import type { Store } from '../../../../../src/lab/worker/storage/store.ts';
import { openRuns, openTables, readTabs } from '../../../../../src/lab/worker/storage/tabs.ts';
import { lastingStore } from '../../../../support/lab/lasting-store.ts';
import { runOf } from '../../../../support/lab/stored-runs.ts';

/** The browser holds a lock for each tab that is open; undefined where it has none. */
function tabsAreOpen(names: string[] | undefined): void {
  const held = names?.map((name) => ({ name: `perceptron-lab-tab ${name}` }));
  vi.stubGlobal('navigator', held ? { locks: { query: async () => ({ held }) } } : {});
}

const entryOf = (id: string, created: number, key: string) => {
  const { mark: _, elsewhere: __, ...entry } = runOf({}, { id, created, outcome: null, changes: [], planned: [] });
  return { shelf: 'entries' as const, key: id, value: { ...entry, table: { ...entry.table, key } } };
};
const tabOf = (id: string, run: string, seen: number) => ({
  shelf: 'tabs' as const,
  key: id,
  value: { id, run, playing: false, seen, engine: 'cpu' },
});

let store: Store;
beforeEach(async () => {
  store = lastingStore();
  await store.write([entryOf('old', 1, 'a'), entryOf('new', 2, 'b'), tabOf('one', 'old', 5), tabOf('two', 'new', 9)]);
});
afterEach(() => vi.unstubAllGlobals());

test('the tab that was seen last comes first, and only those that are open have runs open', async () => {
  tabsAreOpen(['one']);
  expect((await readTabs(store)).map(({ id }) => id)).toEqual(['two', 'one']);
  expect(await openRuns(store)).toEqual(new Set(['old']));
  expect(await openTables(store)).toEqual(new Set(['a']));
});

test('every tab counts as open where the browser does not say', async () => {
  tabsAreOpen(undefined);
  expect(await openRuns(store)).toEqual(new Set(['old', 'new']));
});

test('runs are listed newest first, without those that were deleted, with what is open elsewhere', async () => {
  tabsAreOpen(['one', 'two']);
  const list = async () => (await listRuns(store, 'one')).runs.map(({ id, elsewhere }) => [id, elsewhere]);
  expect(await list()).toEqual([
    ['new', true],
    ['old', false],
  ]);
  await store.write([{ shelf: 'marks', key: 'new', value: { deleted: 1 } }]);
  expect(await list()).toEqual([['old', false]]);
});

test('what cannot be read is counted', async () => {
  tabsAreOpen([]);
  await store.write([{ shelf: 'entries', key: 'odd', value: { id: 'other' } }]);
  const { runs, unread } = await listRuns(store, undefined);
  expect([runs.length, unread]).toEqual([2, 1]);
});
