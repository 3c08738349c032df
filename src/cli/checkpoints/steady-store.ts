/** A full disk ends no training: what could not be kept is kept with the next that can. */
import { cli } from '../../messages/en/command-line/cli.ts';
import type { SweepStore } from '../../sweep/store/store.ts';
import { RunError, saidBy } from '../../util/errors.ts';
import { type Message, message } from '../../util/message.ts';
import { unwritten } from '../files/write.ts';

/** @param say told once that something is not kept, until all is again */
export function steadyStore<Store extends SweepStore & { path: string }>(
  store: Store,
  say: (said: Message) => void,
): Store {
  /** By name, in the order in which it was asked for. */
  const pending = new Map<string, () => Promise<void>>();
  let failing = false;
  const attempt = async (name: string, work: () => Promise<void>) => {
    // Only the last of a name counts.
    pending.delete(name);
    pending.set(name, work);
    try {
      for (const [first, next] of pending) {
        await next();
        if (pending.get(first) === next) pending.delete(first);
      }
      failing = false;
    } catch (error) {
      const failure = unwritten(store.path, error);
      if (!(failure instanceof RunError)) throw failure;
      if (!failing) say(message(cli, 'checkpoint_delayed', { why: saidBy(failure) }));
      failing = true;
    }
  };
  return {
    ...store,
    write: (name, value) => attempt(name, () => store.write(name, value)),
    remove: (name) => attempt(name, () => store.remove(name)),
  };
}
