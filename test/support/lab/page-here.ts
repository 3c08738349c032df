/** The page's side of the run without a page: its worker's work is done in this process, and nothing is drawn. */
import { expose } from 'comlink';
import type { ReactiveControllerHost } from 'lit';
import { vi } from 'vitest';
import { TrainerController } from '../../../src/lab/trainer/controller.ts';
import { effect } from '../../../src/lab/ui/observed.ts';
import { Lab } from '../../../src/lab/worker/lab.ts';

const ports: MessagePort[] = [];
const labs: Lab[] = [];
/** The one that was made last. */
let newest: WorkerHere;

/** As the browser's, but in this process. */
class WorkerHere extends EventTarget {
  readonly #port: MessagePort;

  constructor() {
    super();
    const { port1, port2 } = new MessageChannel();
    const lab = new Lab();
    expose(lab, port2);
    labs.push(lab);
    port1.addEventListener('message', ({ data }) => this.dispatchEvent(new MessageEvent('message', { data })));
    port1.start();
    this.#port = port1;
    newest = this;
    ports.push(port1, port2);
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    this.#port.postMessage(message, transfer);
  }

  terminate(): void {
    this.#port.close();
  }
}

vi.stubGlobal('Worker', WorkerHere);
vi.stubGlobal('navigator', { userAgent: 'Chrome/1.0' });
vi.stubGlobal('location', { hash: '' });
vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: true, visibilityState: 'hidden' }));
// That nothing is kept here.
vi.spyOn(console, 'info').mockImplementation(() => {});
/** Lets go of the workers of a test. */
export function endWorkers(): void {
  for (const port of ports.splice(0)) port.close();
  for (const lab of labs.splice(0)) {
    lab.pause();
    lab.sweeps.stop();
    lab.fits.stop();
  }
}

/** A page that opens with a sample, and has begun to. */
export function page(sample: string) {
  const host: ReactiveControllerHost = {
    addController: () => {},
    removeController: () => {},
    requestUpdate: () => {},
    updateComplete: Promise.resolve(true),
  };
  const trainer = new TrainerController(host, { sample });
  trainer.hostConnected();
  /** Resolves when that is so, which is looked at whenever something that it has read changes. */
  const until = (found: () => boolean) =>
    new Promise<void>((resolve) => {
      effect(() => {
        if (found()) resolve();
      });
    });
  const reaches = (state: TrainerController['state']) => until(() => trainer.state === state);
  /** A run may be over before anybody looks. */
  const trains = () => until(() => trainer.state === 'running' || trainer.state === 'done');
  return { host, trainer, reaches, trains, until, worker: () => newest };
}
