/** What a library asks of WebGPU while it works: calls are counted by wrapping the prototypes, which are put back. */
export interface Counts {
  dispatches: number;
  submits: number;
  writes: number;
  maps: number;
  /** Bytes that `writeBuffer` was given. */
  written: number;
  /** Bytes of buffers that were mapped to be read. */
  mapped: number;
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** @returns nothing where there is no WebGPU */
export async function counting(work: () => Promise<unknown>): Promise<Counts | undefined> {
  const counts: Counts = { dispatches: 0, submits: 0, writes: 0, maps: 0, written: 0, mapped: 0 };
  if (typeof GPUQueue !== 'function') {
    await work();
    return undefined;
  }
  const dispatch = () => {
    counts.dispatches += 1;
  };
  const undo = [
    wrap(GPUComputePassEncoder.prototype, 'dispatchWorkgroups', dispatch),
    wrap(GPUComputePassEncoder.prototype, 'dispatchWorkgroupsIndirect', dispatch),
    wrap(GPUQueue.prototype, 'submit', () => {
      counts.submits += 1;
    }),
    wrap(GPUQueue.prototype, 'writeBuffer', (_, [, , data, , size]) => {
      counts.writes += 1;
      counts.written += writtenBytes(data as ArrayBuffer | ArrayBufferView, size as number | undefined);
    }),
    wrap(GPUBuffer.prototype, 'mapAsync', (buffer, [, , size]) => {
      counts.maps += 1;
      counts.mapped += (size as number | undefined) ?? (buffer as GPUBuffer).size;
    }),
  ];
  try {
    await work();
  } finally {
    for (const one of undo) one();
  }
  return counts;
}

/** Sizes are counted in elements where typed arrays are given. */
function writtenBytes(data: ArrayBuffer | ArrayBufferView, size: number | undefined): number {
  if (size === undefined) return data.byteLength;
  return size * ((data as Partial<Uint8Array>).BYTES_PER_ELEMENT ?? 1);
}

function wrap(prototype: object, name: string, count: (self: unknown, args: unknown[]) => void): () => void {
  const target = prototype as Record<string, Method>;
  const original = target[name];
  target[name] = function (...args) {
    count(this, args);
    return original.apply(this, args);
  };
  return () => {
    target[name] = original;
  };
}
