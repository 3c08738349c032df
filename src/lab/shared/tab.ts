/**
 * Which tab this is. A reload is the same tab, a second one is another: each holds a lock by its name for as long as it is
 * open, so that no two of them keep their runs under one name.
 */
const key = 'perceptron-lab-tab';
const linkKey = 'perceptron-lab-link';
const linkBeforeKey = 'perceptron-lab-link-before';

/** The name that this tab had before, if it is still its own; a copied tab has it too, but not the lock. */
export async function ownTab(): Promise<string | undefined> {
  const name = remembered(key);
  // The page before this one, on a reload, may be a moment in letting go.
  return name !== undefined && (await hold(name, 300)) ? name : undefined;
}

/** Takes a tab's name, unless another tab has it. */
export async function takeTab(name: string): Promise<boolean> {
  if (!(await hold(name, 0))) return false;
  remember(key, name);
  return true;
}

/**
 * Whether this tab was given the address by the page itself: the last one, or the one before, with which a page is reloaded
 * that writes its address at that moment.
 */
export function isOwnLink(hash: string): boolean {
  return hash === remembered(linkKey) || hash === remembered(linkBeforeKey);
}

export function rememberLink(link: string): void {
  const before = remembered(linkKey);
  if (link === before) return;
  if (before !== undefined) remember(linkBeforeKey, before);
  remember(linkKey, link);
}

/** Names that this page holds: it may begin again with another worker. */
const held = new Set<string>();

const lockOf = (name: string) => `perceptron-lab-tab ${name}`;

/** Names of the tabs that are open; undefined where the browser does not say. Of the worker too. */
export async function openTabs(): Promise<Set<string> | undefined> {
  if (!locked()) return undefined;
  const { held: locks = [] } = await navigator.locks.query();
  const start = lockOf('');
  return new Set(locks.flatMap(({ name }) => (name?.startsWith(start) ? [name.slice(start.length)] : [])));
}

/** Held until the page is gone. */
function hold(name: string, patience: number): Promise<boolean> {
  // Pages that browsers do not trust have no locks, and nothing that outlives them either.
  if (!navigator.locks || held.has(name)) return Promise.resolve(true);
  return new Promise((resolve) => {
    const options = patience > 0 ? { signal: AbortSignal.timeout(patience) } : { ifAvailable: true };
    navigator.locks
      .request(lockOf(name), options, (lock) => {
        if (lock) held.add(name);
        resolve(lock !== null);
        return lock === null ? undefined : new Promise(() => {});
      })
      .catch(() => resolve(false)); // it took too long: another tab has it
  });
}

/** Held for as long as the worker that calls it lives; false where there are no locks. */
export function holdWhileAlive(name: string): Promise<boolean> {
  if (!locked()) return Promise.resolve(false);
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, () => {
        resolve(true);
        return new Promise(() => {});
      })
      .catch(reject);
  });
}

/** Resolves once whoever holds the lock is gone; rejects where the signal is aborted before. */
export async function released(name: string, signal: AbortSignal): Promise<void> {
  await navigator.locks.request(name, { signal }, () => {});
}

/** Browsers have locks on pages that they trust. */
function locked(): boolean {
  return typeof navigator !== 'undefined' && navigator.locks !== undefined;
}

/** Some browsers refuse storage altogether; then every load is a new tab. */
function remembered(name: string): string | undefined {
  try {
    return sessionStorage.getItem(name) ?? undefined;
  } catch (error) {
    console.info('The tab is not remembered:', error);
    return undefined;
  }
}

function remember(name: string, value: string): void {
  try {
    sessionStorage.setItem(name, value);
  } catch (error) {
    console.info('The tab is not remembered:', error);
  }
}

/** On this channel workers tell all tabs that the list has changed. */
export const channelName = 'perceptron-lab-runs';
