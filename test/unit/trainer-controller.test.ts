/** The page's side of the run without a page: its worker's work is done in this process. */
import { readFileSync } from 'node:fs';
import { expose } from 'comlink';
import { afterEach, expect, test, vi } from 'vitest';
import { type LegalForm, startingForm, withData } from '../../src/lab/form.ts';
import { Lab } from '../../src/lab/lab.ts';
import type { TableView } from '../../src/lab/messages.ts';
import { TrainerController } from '../../src/lab/trainer-controller.ts';
import { checkTrial } from '../../src/spec/check.ts';

const ports: MessagePort[] = [];

/** As the browser's, but in this process. */
class WorkerHere extends EventTarget {
  readonly #port: MessagePort;

  constructor() {
    super();
    const { port1, port2 } = new MessageChannel();
    expose(new Lab(), port2);
    port1.addEventListener('message', ({ data }) => this.dispatchEvent(new MessageEvent('message', { data })));
    port1.start();
    this.#port = port1;
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
vi.stubGlobal('document', { hidden: true, visibilityState: 'hidden' });
// That nothing is kept here.
vi.spyOn(console, 'info').mockImplementation(() => {});
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

function page(sample: string) {
  const waiting = new Set<() => void>();
  const host = {
    addController: () => {},
    removeController: () => {},
    requestUpdate: () => {
      for (const look of waiting) look();
    },
    updateComplete: Promise.resolve(true),
  };
  const trainer = new TrainerController(host, { sample });
  trainer.hostConnected();
  const reaches = (state: TrainerController['state']) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (trainer.state === state) resolve();
      };
      waiting.add(look);
      look();
    });
  return { trainer, reaches };
}

test('a first table that cannot be had is said, and reset begins anew', async () => {
  const bytes = readFileSync('data/penguins.csv');
  const broken = new ReadableStream({ pull: (stream) => stream.error(new Error('offline')) });
  const fetched = vi.fn(async () => new Response(bytes)).mockResolvedValueOnce(new Response(broken));
  vi.stubGlobal('fetch', fetched);
  const { trainer, reaches } = page('penguins');
  await reaches('failed');
  expect(trainer.failure).toContain('could not be fetched (offline)');
  void trainer.reset();
  await reaches('ready');
  expect(trainer.data?.name).toBe('penguins.csv');
  trainer.hostDisconnected();
});

test('the settings of a combination go into the form, and not into the run that trains', async () => {
  const { trainer, reaches } = page('curve');
  await reaches('running');
  const { trial } = trainer.applied as LegalForm;
  const { optimizer } = trial.training;
  trainer.controls.adopt({
    ...trial,
    training: { ...trial.training, optimizer: { ...optimizer, learning_rate: 0.5 } },
  });
  expect(trainer.controls.live.onTheirWay).toEqual([]);
  expect([...trainer.controls.changes]).toEqual(['trial.training.optimizer.learning_rate']);
  trainer.hostDisconnected();
});

test('while a slider moves, what a start would refuse is asked one at a time, and then of the newest', async () => {
  const { trainer, reaches } = page('curve');
  await reaches('running');
  const asked = vi.spyOn(trainer, 'ask');
  for (const share of [0.5, 0.55, 0.6, 0.65]) trainer.controls.change('data.split.train', share);
  expect(asked).toHaveBeenCalledTimes(1);
  trainer.hostDisconnected();
  await asked.mock.results[0].value;
});

test('a table that cannot be trained on leaves the run with its own, which reset goes back to', async () => {
  const { trainer, reaches } = page('curve');
  await reaches('running');
  const own = trainer.source;
  const text = `a,b\n${Array.from({ length: 40 }, (_, row) => `${row},${row % 9}`).join('\n')}`;
  const trial = checkTrial({ training: { loss: 'binary_cross_entropy' } });
  const form = ({ settings }: TableView) => withData({ ...startingForm(), trial }, settings);
  await trainer.open({ name: 'other.csv', text }, true, { form });
  expect(trainer.controls.form.problems.size).toBe(1);
  expect(trainer.source).not.toBe(own);
  expect(trainer.trained).toBe(own);
  trainer.fail('the worker died');
  await trainer.reset();
  await reaches('ready');
  expect(trainer.source).toBe(own);
  expect(trainer.data?.name).toBe('curve.csv');
  trainer.hostDisconnected();
});
