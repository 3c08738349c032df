/** The program in a worker, where the CPU engine may wait for threads: it trains until one has answered. */
import { generate, prepare, requestEngine, train } from 'perceptron-lab';
import { program } from './program.js';

let threads = 0;
globalThis.Worker = class extends Worker {
  constructor(...given) {
    super(...given);
    this.addEventListener('message', () => threads++, { once: true });
  }
};

const answer = await program();
const engine = await requestEngine({ kind: 'reproducible', threads: 2 });
const data = prepare(generate('curve'), { target: 'y' });
const run = train(engine, data, { training: { epochs: 10_000, early_stopping: false } });
for await (const _ of run) if (threads > 0) await run.stop();
engine.destroy();
postMessage({ ...answer, threads });
