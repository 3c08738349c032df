/** Starts the worker and ends it; says when it has died. */
import { type Remote, wrap } from 'comlink';
import type { LabWorker } from './messages.ts';

export interface WorkerLink {
  lab: Remote<LabWorker>;
  end(): void;
}

/** @param died called once, with one sentence, when the worker cannot go on */
export function startWorker(died: (message: string) => void): WorkerLink {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    died(`The training worker stopped${event.message ? `: ${event.message.replace(/\.$/, '')}` : ''}.`);
  });
  return { lab: wrap<LabWorker>(worker), end: () => worker.terminate() };
}
