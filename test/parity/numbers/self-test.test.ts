/** What a device computes when an engine is opened on it, and what is said where a number is wrong. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openAdapter } from '../../../src/engine/gpu/device/adapter.ts';
import { requestEngine } from '../../../src/engine/request.ts';
import { inEnglish } from '../../../src/util/message.ts';
import { ownGpuEngine } from '../support/engines.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the self-test', () => {
  it('is passed here, and made once', async () => {
    const compile = vi.spyOn(GPUDevice.prototype, 'createComputePipelineAsync');
    const tests = () => compile.mock.calls.filter(([{ label }]) => label === 'self_test').length;
    await ownGpuEngine();
    expect(tests()).toBe(1);
    await ownGpuEngine();
    expect(tests()).toBe(1);
  });

  it.each([
    ['hash', 4],
    ['row', 13],
    ['activation', 86],
    ['parameter', 255],
  ])('refuses a device that gets a %s wrong, and auto takes the CPU', async (name, place) => {
    altersReadback(place, 0x7fc00001);
    const gpu = await realGpu();
    const problem = `${name} is (NaN|2143289345), and should be \\S+`;
    const error = await requestEngine({ kind: 'webgpu', gpu }).catch((error: unknown) => error);
    expect(error).toMatchObject({
      code: 'self_test_failed',
      where: 'engine',
      message: expect.stringMatching(
        `^engine: the WebGPU adapter A real GPU fails a self-test \\(${problem}\\); choose cpu\\.$`,
      ),
    });
    const engine = await requestEngine({ kind: 'auto', gpu, threads: 1 });
    expect(engine.kind).toBe('cpu');
    expect(inEnglish(engine.why)).toMatch(
      RegExp(`^the WebGPU adapter A real GPU fails a self-test \\(${problem}\\), so the CPU trains without it$`),
    );
    engine.destroy();
  });

  it('refuses a device that cannot compile it', async () => {
    vi.spyOn(GPUDevice.prototype, 'createComputePipelineAsync').mockRejectedValue(new Error('out of order'));
    await expect(requestEngine({ kind: 'webgpu', gpu: await realGpu() })).rejects.toThrow(
      'engine: the WebGPU adapter A real GPU fails a self-test (The GPU kernel "self_test" does not compile: out of order); choose cpu.',
    );
  });

  it('is made again on an adapter that has failed', async () => {
    const gpu = await realGpu();
    altersReadback(4, 0);
    await expect(requestEngine({ kind: 'webgpu', gpu })).rejects.toThrow('hash is 0, and should be');
    vi.restoreAllMocks();
    const engine = await requestEngine({ kind: 'webgpu', gpu });
    expect(engine.adapter).toBe('A real GPU');
    engine.destroy();
  });
});

/** The adapter of this test run under another name, so that `auto` takes it for a GPU. */
async function realGpu(): Promise<GPU> {
  const requestAdapter = async () => {
    const adapter = await openAdapter(globalThis.parityGpu);
    if ('missing' in adapter) throw new Error(inEnglish(adapter.missing));
    const { limits, features } = adapter.gpu;
    const info = { vendor: '', architecture: '', device: '', description: 'A real GPU', isFallbackAdapter: false };
    const requestDevice = (descriptor: GPUDeviceDescriptor) => adapter.gpu.requestDevice(descriptor);
    return { info, limits, features, requestDevice };
  };
  return { requestAdapter } as unknown as GPU;
}

/** One number of 32 bits in whatever comes back from the GPU is another. */
function altersReadback(place: number, value: number): void {
  const real = GPUBuffer.prototype.getMappedRange;
  vi.spyOn(GPUBuffer.prototype, 'getMappedRange').mockImplementation(function (this: GPUBuffer, ...range) {
    const mapped = real.apply(this, range);
    if (!(this.usage & GPUBufferUsage.MAP_READ)) return mapped;
    const altered = mapped.slice(0);
    new Uint32Array(altered)[place] = value;
    return altered;
  });
}
