/** Counts what is asked of WebGPU while something works, by wrapping the prototypes; the benchmarks count with it, too. */

/** Calls by their names, and how many bytes they took across. */
export interface Counts {
  dispatchWorkgroups: number;
  submit: number;
  mapAsync: number;
  writeBuffer: number;
  createBuffer: number;
  createBindGroup: number;
  /** Of what `writeBuffer` was given. */
  bytesWritten: number;
  /** Of the ranges that `mapAsync` was asked for: what is read back. */
  bytesMapped: number;
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

export async function counting(work: () => Promise<unknown>): Promise<Counts> {
  const counts: Counts = {
    dispatchWorkgroups: 0,
    submit: 0,
    mapAsync: 0,
    writeBuffer: 0,
    createBuffer: 0,
    createBindGroup: 0,
    bytesWritten: 0,
    bytesMapped: 0,
  };
  const undo = [
    wrap(GPUComputePassEncoder.prototype, 'dispatchWorkgroups', () => {
      counts.dispatchWorkgroups += 1;
    }),
    wrap(GPUComputePassEncoder.prototype, 'dispatchWorkgroupsIndirect', () => {
      counts.dispatchWorkgroups += 1;
    }),
    wrap(GPUQueue.prototype, 'submit', () => {
      counts.submit += 1;
    }),
    wrap(GPUQueue.prototype, 'writeBuffer', (_, [, , data, from, size]) => {
      counts.writeBuffer += 1;
      counts.bytesWritten += bytesOf(data as ArrayBufferLike | ArrayBufferView, from as number, size as number);
    }),
    wrap(GPUBuffer.prototype, 'mapAsync', (buffer, [, offset = 0, size]) => {
      counts.mapAsync += 1;
      counts.bytesMapped += (size as number | undefined) ?? (buffer as GPUBuffer).size - (offset as number);
    }),
    wrap(GPUDevice.prototype, 'createBuffer', () => {
      counts.createBuffer += 1;
    }),
    wrap(GPUDevice.prototype, 'createBindGroup', () => {
      counts.createBindGroup += 1;
    }),
  ];
  try {
    await work();
  } finally {
    for (const one of undo) one();
  }
  return counts;
}

/** `writeBuffer` counts in elements where it is given a typed array, in bytes otherwise. */
function bytesOf(data: ArrayBufferLike | ArrayBufferView, from = 0, size?: number): number {
  const { BYTES_PER_ELEMENT = 1 } = data as Partial<Uint8Array>;
  return size === undefined ? data.byteLength - from * BYTES_PER_ELEMENT : size * BYTES_PER_ELEMENT;
}

function wrap(prototype: object, name: string, count: (self: unknown, args: unknown[]) => void): () => void {
  const target = prototype as Record<string, Method>;
  const original = target[name];
  target[name] = function (this: unknown, ...args) {
    count(this, args);
    return original.apply(this, args);
  };
  return () => {
    target[name] = original;
  };
}
