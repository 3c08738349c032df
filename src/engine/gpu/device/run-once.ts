/** One workgroup of a small kernel, and what it leaves in its only buffer: what a device is asked before it trains. */
import { createMemory } from '../memory/memory.ts';
import { bind, type Kernel, type PipelineCache } from './pipelines.ts';

/** @param contents of the buffer at binding 0 before, or its bytes. @returns its bytes after */
export async function runOnce(
  device: GPUDevice,
  pipelines: PipelineCache,
  kernel: Kernel,
  contents: Uint32Array<ArrayBuffer> | number,
): Promise<ArrayBuffer> {
  const memory = createMemory(device);
  try {
    const bytes = typeof contents === 'number' ? contents : contents.byteLength;
    const buffer = memory.storage('asked of the device', contents);
    const pipeline = await pipelines.get(kernel);
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bind(device, pipeline, { 0: buffer }));
    pass.dispatchWorkgroups(1);
    pass.end();
    return await memory.read(
      bytes,
      (target) => encoder.copyBufferToBuffer(buffer, 0, target, 0, bytes),
      () => device.queue.submit([encoder.finish()]),
    );
  } finally {
    memory.destroy();
  }
}
