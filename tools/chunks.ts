/**
 * What the page and its worker always load, in four chunks instead of some eighty: many small ones pack worse and are asked
 * for one by one. Everything else stays as the bundler divides it. A worker has no document, so what it might ever load is
 * not in a chunk with what draws the page.
 */
import { join } from 'node:path';
import { normalizePath, type Rolldown } from 'vite';

type Modules = Pick<Rolldown.PluginContext, 'getModuleInfo'>;

const moduleOf = (path: string) => normalizePath(join(import.meta.dirname, '..', 'src', 'lab', path));
const page = moduleOf('app/main.ts');
const worker = moduleOf('worker/worker.ts');
const otherWorkers = [moduleOf('worker/founding-worker.ts')];

/** Names a module's chunk: for `codeSplitting.groups`. */
export function firstChunks(): (id: string, modules: Modules) => string | null {
  let sets: ReturnType<typeof reachedFrom> | undefined;
  return (id, modules) => {
    sets ??= reachedFrom(modules);
    // Both wait for what they load; nothing else may have to wait for them.
    if (id === page || id === worker) return null;
    if (sets.pageFirst.has(id)) {
      if (sets.workerFirst.has(id)) return 'shared';
      return sets.workerEver.has(id) || sets.othersEver.has(id) ? null : 'page';
    }
    if (!sets.workerFirst.has(id)) return null;
    return sets.pageEver.has(id) || sets.othersEver.has(id) ? 'training' : 'lab';
  };
}

function reachedFrom(modules: Modules) {
  return {
    pageFirst: reach(modules, [page], false),
    pageEver: reach(modules, [page], true),
    workerFirst: reach(modules, [worker], false),
    workerEver: reach(modules, [worker], true),
    othersEver: reach(modules, otherWorkers, true),
  };
}

/** These modules, what they import, and what that imports; `later` as well, what is imported when it is wanted. */
function reach(modules: Modules, entries: string[], later: boolean): Set<string> {
  const missing = entries.find((id) => !modules.getModuleInfo(id));
  if (missing) throw new Error(`${missing} is no module of the page.`);
  const found = new Set<string>();
  const open = [...entries];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    const module = modules.getModuleInfo(id);
    open.push(...(module?.importedIds ?? []), ...(later ? (module?.dynamicallyImportedIds ?? []) : []));
  }
  return found;
}
