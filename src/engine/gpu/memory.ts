/**
 * GPU memory with an owner: everything made through a `Memory` is freed by its `destroy`, and it knows how many bytes
 * it holds. Readback buffers are pooled, since a mapped buffer cannot be a copy's target.
 */
import { RunError } from '../../spec/errors.ts';

export interface Memory {
  readonly bytes: number;
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

export function createMemory(device: GPUDevice): Memory {
  const ledger = ledgers.get(device) ?? { bytes: 0 };
  ledgers.set(device, ledger);
  const buffers = new Set<GPUBuffer>();
  const idle: GPUBuffer[] = [];
  let bytes = 0;
  let destroyed = false;

  const create = (label: string, size: number, usage: number, contents?: ArrayBufferView | ArrayBuffer) => {
    const limit = Math.min(device.limits.maxBufferSize, device.limits.maxStorageBufferBindingSize);
    if (size > limit) {
      throw new RunError(
        `${label} needs ${megabytes(size)} MB, more than the ${megabytes(limit)} MB that one buffer of this adapter may hold; ` +
          `use fewer units, a smaller batch_size or engine cpu.`,
      );
    }
    const buffer = device.createBuffer({
      label,
      size: Math.max(16, Math.ceil(size / 4) * 4),
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
    storage(label, contents) {
      const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
      return typeof contents === 'number'
        ? create(label, contents, usage)
        : create(label, contents.byteLength, usage, contents);
    },
    uniform(label, contents) {
      return create(label, contents.byteLength, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST, contents);
    },
    async read(size, record, submit) {
      const target = borrow(size);
      record(target);
      submit();
      await target.mapAsync(GPUMapMode.READ, 0, size);
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

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);
}
