/**
 * GPU memory with an owner: everything made through a `Memory` is freed by its `destroy`, and it knows how many bytes
 * it holds. Readback buffers are pooled, since a mapped buffer cannot be a copy's target.
 */
import { gpu } from '../../../messages/en/engines/gpu.ts';
import { InputError } from '../../../util/errors.ts';
import { message } from '../../../util/message.ts';
import { completed } from '../device/completion.ts';
import { type AllocatedBuffers, allocatedBytes, type BufferSpec, type BufferSpecs } from './buffer-spec.ts';

export interface Memory {
  readonly bytes: number;
  /** Makes all buffers, or none. @throws what `refuse` makes of it when the device has no room for them */
  make<Declared extends BufferSpecs>(needs: Declared, refuse: () => InputError): Promise<AllocatedBuffers<Declared>>;
  /** A storage buffer that can be copied from and to, of this many bytes or with these contents. */
  storage(label: string, contents: number | Float32Array | Uint32Array): GPUBuffer;
  uniform(label: string, contents: ArrayBuffer): GPUBuffer;
  /** Runs `record` with a buffer to copy to, then `submit`, and gives back what was copied, once the GPU has done it. */
  read(bytes: number, record: (target: GPUBuffer) => void, submit: () => void): Promise<ArrayBuffer>;
  free(buffer: GPUBuffer): void;
  destroy(): void;
}

/** Bytes that everything made on a device holds now, by device. */
const ledgers = new WeakMap<GPUDevice, { bytes: number }>();

/** Bytes of GPU memory that is held on this device now. */
export function bytesHeld(device: GPUDevice): number {
  return ledgers.get(device)?.bytes ?? 0;
}

/** Makes something that owns a memory; where that fails, nothing is held. */
export async function owningMemory<Owner>(device: GPUDevice, make: (memory: Memory) => Promise<Owner>): Promise<Owner> {
  const memory = createMemory(device);
  try {
    return await make(memory);
  } catch (error) {
    memory.destroy();
    throw error;
  }
}

export function createMemory(device: GPUDevice): Memory {
  const { STORAGE, UNIFORM, COPY_SRC, COPY_DST } = GPUBufferUsage;
  const usages = { storage: STORAGE | COPY_SRC | COPY_DST, uniform: UNIFORM | COPY_DST };
  const ledger = ledgers.get(device) ?? { bytes: 0 };
  ledgers.set(device, ledger);
  const buffers = new Set<GPUBuffer>();
  const idle: GPUBuffer[] = [];
  let bytes = 0;
  let destroyed = false;

  const create = (label: string, size: number, usage: number, contents?: ArrayBufferView | ArrayBuffer) => {
    const limit = Math.min(device.limits.maxBufferSize, device.limits.maxStorageBufferBindingSize);
    if (size > limit) {
      throw new InputError(message(gpu, 'buffer_too_large', { name: label, bytes: size, limit }), 'engine');
    }
    const buffer = device.createBuffer({
      label,
      size: allocatedBytes({ bytes: size }),
      usage,
      mappedAtCreation: contents !== undefined,
    });
    if (contents !== undefined) {
      const view = ArrayBuffer.isView(contents)
        ? new Uint8Array(contents.buffer, contents.byteOffset, contents.byteLength)
        : new Uint8Array(contents);
      new Uint8Array(buffer.getMappedRange()).set(view);
      buffer.unmap();
    }
    buffers.add(buffer);
    bytes += buffer.size;
    ledger.bytes += buffer.size;
    return buffer;
  };

  const free = (buffer: GPUBuffer) => {
    if (!buffers.delete(buffer)) return;
    bytes -= buffer.size;
    ledger.bytes -= buffer.size;
    buffer.destroy();
  };

  const make = async <Declared extends BufferSpecs>(
    needs: Declared,
    refuse: () => InputError,
  ): Promise<AllocatedBuffers<Declared>> => {
    const made: GPUBuffer[] = [];
    const one = ({ label, bytes, usage, contents }: BufferSpec) => {
      const buffer = create(label, bytes, usages[usage], contents?.());
      made.push(buffer);
      return buffer;
    };
    let result: Record<string, GPUBuffer | GPUBuffer[] | undefined> = {};
    let thrown: unknown;
    device.pushErrorScope('out-of-memory');
    try {
      result = Object.fromEntries(
        Object.entries(needs).map(([name, need]) => [name, Array.isArray(need) ? need.map(one) : need && one(need)]),
      );
    } catch (error) {
      // A buffer that is written when it is made needs room in this process too; without it, a RangeError.
      thrown = error instanceof RangeError ? refuse() : error;
    }
    const full = await device.popErrorScope();
    thrown ??= full ? refuse() : undefined;
    if (thrown === undefined) return result as AllocatedBuffers<Declared>;
    for (const buffer of made) free(buffer);
    throw thrown;
  };

  /** The smallest idle readback buffer that is large enough, or a new one. */
  const borrow = (size: number) => {
    idle.sort((a, b) => a.size - b.size);
    const index = idle.findIndex((buffer) => buffer.size >= size);
    if (index >= 0) return idle.splice(index, 1)[0];
    return create('readback', size, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
  };

  return {
    get bytes() {
      return bytes;
    },
    make,
    storage(label, contents) {
      return typeof contents === 'number'
        ? create(label, contents, usages.storage)
        : create(label, contents.byteLength, usages.storage, contents);
    },
    uniform(label, contents) {
      return create(label, contents.byteLength, usages.uniform, contents);
    },
    async read(size, record, submit) {
      const target = borrow(size);
      record(target);
      submit();
      await completed(device.queue, target.mapAsync(GPUMapMode.READ, 0, size));
      const result = target.getMappedRange(0, size).slice(0);
      target.unmap();
      if (!destroyed) idle.push(target);
      return result;
    },
    free,
    destroy() {
      destroyed = true;
      for (const buffer of buffers) buffer.destroy();
      buffers.clear();
      idle.length = 0;
      ledger.bytes -= bytes;
      bytes = 0;
    },
  };
}
