/**
 * What is asked of GPU memory, as plain data: each plan declares its buffers before anything is allocated. The same list is
 * summed for an estimate and allocated, so the two cannot drift apart (see `estimate.ts`).
 */

/** One buffer. */
export interface BufferSpec {
  label: string;
  bytes: number;
  usage: 'storage' | 'uniform';
  /** Written when it is made; zeros otherwise. */
  contents?: () => ArrayBufferView | ArrayBuffer;
}

/** Buffers by name, single or as a list. */
export type BufferSpecs = Record<string, BufferSpec | BufferSpec[] | undefined>;

/** The buffers that were made for `BufferSpecs`. */
export type AllocatedBuffers<Declared extends BufferSpecs> = {
  [Name in keyof Declared]: Declared[Name] extends BufferSpec
    ? GPUBuffer
    : Declared[Name] extends BufferSpec[]
      ? GPUBuffer[]
      : GPUBuffer | undefined;
};

/** A storage buffer of this many bytes, or with these contents. */
export function storage(label: string, contents: number | Float32Array | Uint32Array): BufferSpec {
  if (typeof contents === 'number') return { label, bytes: contents, usage: 'storage' };
  return { label, bytes: contents.byteLength, usage: 'storage', contents: () => contents };
}

/** A storage buffer whose contents are only worked out when it is made. */
export function filledStorage(label: string, bytes: number, contents: () => Float32Array | Uint32Array): BufferSpec {
  return { label, bytes, usage: 'storage', contents };
}

export function uniform(label: string, contents: ArrayBuffer): BufferSpec {
  return { label, bytes: contents.byteLength, usage: 'uniform', contents: () => contents };
}

/** What a buffer takes: bindings and copies want multiples of four bytes, and no buffer is empty. */
export function allocatedBytes({ bytes }: Pick<BufferSpec, 'bytes'>): number {
  return Math.max(16, Math.ceil(bytes / 4) * 4);
}

export function listOf(needs: BufferSpecs): BufferSpec[] {
  return Object.values(needs).flatMap((need) => need ?? []);
}

export function bytesOf(needs: BufferSpecs): number {
  return listOf(needs).reduce((sum, need) => sum + allocatedBytes(need), 0);
}
