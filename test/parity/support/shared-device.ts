/**
 * One device for the engines of a test file, so that each kernel is compiled once: on a software adapter that takes longer
 * than most of what is tested. Every engine still has buffers, a ledger and an end of its own.
 */
import type { Adapter } from '../../../src/engine/gpu/device/adapter.ts';

type Own = Pick<GPUDevice, 'createShaderModule' | 'createComputePipelineAsync' | 'createBuffer' | 'destroy' | 'lost'>;
type Compiler = Pick<Own, 'createShaderModule' | 'createComputePipelineAsync'>;

let shared: Promise<{ device: GPUDevice; compiler: Compiler }> | undefined;

/** The same adapter, of which every request gets the one device. */
export function sharingDevice(adapter: Adapter): Adapter {
  const { limits, features } = adapter.gpu;
  const requestDevice = async (descriptor?: GPUDeviceDescriptor) => {
    shared ??= adapter.gpu.requestDevice(descriptor).then((device) => ({ device, compiler: compilingOnce(device) }));
    const { device, compiler } = await shared;
    return partOf(device, compiler);
  };
  return { ...adapter, gpu: { limits, features, requestDevice } as GPUAdapter };
}

/** The device, with a `destroy` that ends what was made through this part of it. */
function partOf(device: GPUDevice, compiler: Compiler): GPUDevice {
  const buffers: GPUBuffer[] = [];
  let end: GPUDevice['destroy'] = () => undefined;
  const destroyed = new Promise<GPUDeviceLostInfo>((resolve) => {
    end = () => {
      for (const buffer of buffers.splice(0)) buffer.destroy();
      resolve({ reason: 'destroyed', message: '' } as GPUDeviceLostInfo);
    };
  });
  const own: Own = {
    ...compiler,
    createBuffer(descriptor) {
      const buffer = device.createBuffer(descriptor);
      buffers.push(buffer);
      return buffer;
    },
    destroy: () => end(),
    lost: Promise.race([device.lost, destroyed]),
  };
  return new Proxy(device, {
    get(_, name) {
      if (name in own) return own[name as keyof Own];
      const value = Reflect.get(device, name, device);
      return typeof value === 'function' ? value.bind(device) : value;
    },
  });
}

function compilingOnce(device: GPUDevice): Compiler {
  const modules = new Map<string, GPUShaderModule>();
  const pipelines = new Map<GPUShaderModule, Map<string, Promise<GPUComputePipeline>>>();
  return {
    createShaderModule(descriptor) {
      const key = `${descriptor.label}\n${descriptor.code}`;
      const made = modules.get(key) ?? device.createShaderModule(descriptor);
      modules.set(key, made);
      return made;
    },
    createComputePipelineAsync(descriptor) {
      const { module, constants } = descriptor.compute;
      const ofModule = pipelines.get(module) ?? new Map<string, Promise<GPUComputePipeline>>();
      pipelines.set(module, ofModule);
      const key = JSON.stringify(constants);
      const made = ofModule.get(key) ?? device.createComputePipelineAsync(descriptor);
      ofModule.set(key, made);
      return made;
    },
  };
}
