/**
 * Why this exists: while a promise of its own is pending, Dawn for Node asks the GPU for news at every turn of the event
 * loop, without rest, and so keeps a core busy for as long as the GPU works or a kernel is compiled. A software GPU wants
 * that core: 240 trials of 1-150-150-1 trained 1.6 times as fast on two cores with these rests as without
 * (docs/founding-report.md). Here the event loop rests for a moment at every turn while a buffer or a pipeline is awaited,
 * once the wait has proved to be no short one.
 */

/** Milliseconds: an answer that comes sooner is waited for without rest, and one that comes later is this late at most. */
const patience = 1;
const rest = 0.5;

const nothing = new Int32Array(new SharedArrayBuffer(4));
let waiting = 0;
let turning = false;
let impatientAt = 0;

function turn() {
  turning = waiting > 0;
  if (!turning) return;
  if (performance.now() >= impatientAt) Atomics.wait(nothing, 0, 0, rest);
  setImmediate(turn);
}

interface DawnClasses {
  GPUBuffer: { prototype: GPUBuffer };
  GPUDevice: { prototype: GPUDevice };
}

/** From now on the event loop rests while a buffer or a compute pipeline of these classes is awaited. */
export function restWhileWaiting({ GPUBuffer, GPUDevice }: DawnClasses): void {
  const [buffers, devices] = [GPUBuffer.prototype, GPUDevice.prototype];
  buffers.mapAsync = resting(buffers.mapAsync);
  devices.createComputePipelineAsync = resting(devices.createComputePipelineAsync);
}

function resting<This, Arguments extends unknown[], Result>(
  method: (this: This, ...given: Arguments) => Promise<Result>,
): (this: This, ...given: Arguments) => Promise<Result> {
  const done = () => {
    waiting -= 1;
  };
  return function (...given) {
    const answer = method.apply(this, given);
    waiting += 1;
    impatientAt = performance.now() + patience;
    answer.then(done, done);
    if (!turning) {
      turning = true;
      setImmediate(turn);
    }
    return answer;
  };
}
