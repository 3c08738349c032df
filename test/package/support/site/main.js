/** A page that runs the program itself, and has a worker run it too. */
import { program } from './program.js';

function fromWorker() {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
}

globalThis.answers = Promise.all([program(), fromWorker()]);
