/** The process that trains for `worker`: an entry of its own, since it is started by its file. */
import { serveTrainer } from '../../queue/trainer-process.ts';
import { type EngineFlags, engineRequest, headlessEngine } from '../headless.ts';

/** What the worker was told: the task comes first. */
const flags = JSON.parse(process.argv[2] ?? '{}') as EngineFlags;

await serveTrainer(({ engine, reproducible }) => {
  const own = engineRequest({ ...flags, ...(engine === 'auto' ? {} : { engine }) });
  return headlessEngine({ ...own, reproducible: reproducible || own.reproducible });
});
