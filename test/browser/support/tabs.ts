/** Tabs of one profile, and what their runs have come to. */
import { expect } from 'vitest';
import { Lab, type RunState } from './lab.ts';

/** Opens another tab beside the one of the test. */
export async function anotherTab(lab: Lab, hash = ''): Promise<Lab> {
  const page = await lab.page.context().newPage();
  await page.goto(`${new URL(lab.page.url()).origin}/${hash}`);
  return new Lab(page);
}

/** Losses by epoch, as the page would save them, without the times. */
export async function losses(lab: Lab): Promise<string[]> {
  const { bytes } = await lab.download(/Download history/);
  return bytes
    .toString()
    .trim()
    .split('\n')
    .map((line) => line.split(',').slice(0, 3).join(','));
}

/** Resolves when what is kept of the tab is a run in that state, or one of those, that can be gone on with; before, it may be of the run before. */
export async function keeps(lab: Lab, ...states: RunState[]): Promise<void> {
  await expect.poll(() => isKept(lab, states)).toBe(true);
}

function isKept({ page }: Lab, states: RunState[]): Promise<boolean> {
  return page.evaluate(async (states) => {
    const open = indexedDB.open('perceptron-lab');
    const db = await new Promise<IDBDatabase>((resolve) => {
      open.onsuccess = () => resolve(open.result);
    });
    const all = <Value>(shelf: string) => {
      const kept = db.transaction(shelf).objectStore(shelf);
      const request: IDBRequest = shelf === 'checkpoints' ? kept.getAllKeys() : kept.getAll();
      return new Promise<Value[]>((resolve) => {
        request.onsuccess = () => resolve(request.result);
      });
    };
    const tabs = await all<{ run: string; playing: boolean }>('tabs');
    const entries = await all<{ id: string; state: string }>('entries');
    const checkpoints = await all<string>('checkpoints');
    db.close();
    return (
      tabs.length === 1 &&
      entries.some(
        (entry) =>
          entry.id === tabs[0].run && states.includes(entry.state) && tabs[0].playing === (entry.state === 'running'),
      ) &&
      checkpoints.includes(tabs[0].run)
    );
  }, states as string[]);
}

/** How many runs the database has, those included that are marked as deleted. */
export function keptRuns({ page }: Lab): Promise<number> {
  return page.evaluate(async () => {
    const open = indexedDB.open('perceptron-lab');
    const db = await new Promise<IDBDatabase>((resolve) => {
      open.onsuccess = () => resolve(open.result);
    });
    const request = db.transaction('entries').objectStore('entries').count();
    const count = await new Promise<number>((resolve) => {
      request.onsuccess = () => resolve(request.result);
    });
    db.close();
    return count;
  });
}
