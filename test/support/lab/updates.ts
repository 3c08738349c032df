/** What the page's worker tells of its run, for tests that have one in their own thread. */
import type { Update } from '../../../src/lab/protocol/messages.ts';
import type { Lab } from '../../../src/lab/worker/lab.ts';

export function updatesOf(lab: Lab) {
  const told: Update[] = [];
  const heard = new Set<() => void>();
  lab.watch((update) => {
    told.push(update);
    for (const look of heard) look();
  });
  /** The first that is so, of those that have been told and that come. */
  const until = (found: (update: Update) => boolean) =>
    new Promise<Update>((resolve) => {
      const look = () => {
        const update = told.find(found);
        if (update) resolve(update);
      };
      heard.add(look);
      look();
    });
  /** The first that is so, of those that come. */
  const next = (found: (update: Update) => boolean) => {
    const before = told.length;
    return until((update) => told.indexOf(update) >= before && found(update));
  };
  return { told, until, next };
}
