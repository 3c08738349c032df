/** What a population has in buffers, out of them and back in, in pieces: a readback of everything would double its memory. */
import type { Memory } from './memory.ts';

/** Bytes that are read back at once. */
const piece = 16 * 2 ** 20;

/** A copy of each buffer, after all that was submitted. */
export async function readBuffers(
  device: GPUDevice,
  memory: Memory,
  buffers: Record<string, GPUBuffer | undefined>,
): Promise<Record<string, Uint8Array<ArrayBuffer>>> {
  const copies: Record<string, Uint8Array<ArrayBuffer>> = {};
  for (const [name, buffer] of Object.entries(buffers)) {
    if (!buffer) continue;
    const copy = new Uint8Array(buffer.size);
    for (let first = 0; first < buffer.size; first += piece) {
      const bytes = Math.min(piece, buffer.size - first);
      const encoder = device.createCommandEncoder();
      const read = await memory.read(
        bytes,
        (target) => encoder.copyBufferToBuffer(buffer, first, target, 0, bytes),
        () => device.queue.submit([encoder.finish()]),
      );
      copy.set(new Uint8Array(read), first);
    }
    copies[name] = copy;
  }
  return copies;
}

/** Whether these are copies of such buffers; there may be others, that trials needed which have ended. */
export function fitBuffers(
  buffers: Record<string, GPUBuffer | undefined>,
  copies: Record<string, Uint8Array<ArrayBuffer>>,
): boolean {
  return Object.entries(buffers).every(([name, buffer]) => !buffer || copies[name]?.byteLength === buffer.size);
}

export function writeBuffers(
  device: GPUDevice,
  buffers: Record<string, GPUBuffer | undefined>,
  copies: Record<string, Uint8Array<ArrayBuffer>>,
): void {
  for (const [name, buffer] of Object.entries(buffers)) if (buffer) device.queue.writeBuffer(buffer, 0, copies[name]);
}
