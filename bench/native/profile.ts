/**
 * Where the time of a step goes, dispatch by dispatch, by the GPU's own clock (timestamp queries). It stands outside the
 * engine, which has one pass for many dispatches: every dispatch gets a pass of its own meanwhile, so that shares are to
 * be trusted and sums are not.
 */

/** One kernel's time: its pipeline's label, milliseconds of all its dispatches, and how many there were. */
export interface KernelTime {
  kernel: string;
  ms: number;
  dispatches: number;
}

export function perStep({ kernel, ms, dispatches }: KernelTime, steps: number): KernelTime {
  return { kernel, ms: ms / steps, dispatches: dispatches / steps };
}

/** Dispatches that are timed, at most: two stamps each. */
const most = 2048;

interface Stamps {
  set: GPUQuerySet;
  kernels: string[];
}

export interface Profile {
  /** Forgets what was timed so far. */
  reset(): void;
  /** What was timed since, the longest first. All of it must be done. @throws Error when that was too much to be timed */
  read(): Promise<KernelTime[]>;
}

/** Devices that are requested from now on are timed. @throws Error when an adapter has no timestamp queries */
export function startProfile(): Profile {
  const devices = new Map<GPUDevice, Stamps>();
  const encoders = new WeakMap<GPUCommandEncoder, Stamps>();

  const { requestDevice } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = async function (this: GPUAdapter, descriptor: GPUDeviceDescriptor = {}) {
    if (!this.features.has('timestamp-query')) throw new Error('This adapter has no timestamp queries.');
    const requiredFeatures = [...(descriptor.requiredFeatures ?? []), 'timestamp-query' as const];
    const device = await requestDevice.call(this, { ...descriptor, requiredFeatures });
    devices.set(device, { set: device.createQuerySet({ type: 'timestamp', count: 2 * most }), kernels: [] });
    return device;
  };
  const { createCommandEncoder } = GPUDevice.prototype;
  GPUDevice.prototype.createCommandEncoder = function (this: GPUDevice, descriptor) {
    const encoder = createCommandEncoder.call(this, descriptor);
    const stamps = devices.get(this);
    if (stamps) encoders.set(encoder, stamps);
    return encoder;
  };
  const { beginComputePass } = GPUCommandEncoder.prototype;
  GPUCommandEncoder.prototype.beginComputePass = function (this: GPUCommandEncoder, descriptor) {
    const stamps = encoders.get(this);
    if (!stamps) return beginComputePass.call(this, descriptor);
    return timedPass((timestampWrites) => beginComputePass.call(this, { timestampWrites }), stamps);
  };

  return {
    reset() {
      for (const { kernels } of devices.values()) kernels.length = 0;
    },
    async read() {
      const times = new Map<string, KernelTime>();
      for (const [device, { set, kernels }] of devices) {
        if (kernels.length > most) throw new Error(`${kernels.length} dispatches; no more than ${most} can be timed.`);
        const stamps = await stampsOf(device, set, 2 * kernels.length);
        kernels.forEach((kernel, i) => {
          const known = times.get(kernel) ?? { kernel, ms: 0, dispatches: 0 };
          known.ms += Number(stamps[2 * i + 1] - stamps[2 * i]) / 1e6;
          known.dispatches += 1;
          times.set(kernel, known);
        });
      }
      return [...times.values()].sort((a, b) => b.ms - a.ms);
    },
  };
}

/** Stands for one pass; what the engine calls is all that it can do. */
function timedPass(
  begin: (writes?: GPUComputePassTimestampWrites) => GPUComputePassEncoder,
  { set, kernels }: Stamps,
): GPUComputePassEncoder {
  let pipeline: GPUComputePipeline;
  let bindings: GPUBindGroup;
  const pass: Pick<GPUComputePassEncoder, 'setPipeline' | 'dispatchWorkgroups' | 'end'> & {
    setBindGroup(index: number, group: GPUBindGroup): void;
  } = {
    setPipeline(next) {
      pipeline = next;
    },
    setBindGroup(_, next) {
      bindings = next;
    },
    dispatchWorkgroups(...groups) {
      const at = 2 * kernels.length;
      const timed = kernels.length < most;
      kernels.push(pipeline.label);
      const real = begin(
        timed ? { querySet: set, beginningOfPassWriteIndex: at, endOfPassWriteIndex: at + 1 } : undefined,
      );
      real.setPipeline(pipeline);
      real.setBindGroup(0, bindings);
      real.dispatchWorkgroups(...groups);
      real.end();
    },
    end() {},
  };
  return pass as GPUComputePassEncoder;
}

/** Nanoseconds. */
async function stampsOf(device: GPUDevice, set: GPUQuerySet, count: number): Promise<BigUint64Array> {
  if (count === 0) return new BigUint64Array();
  const { QUERY_RESOLVE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
  const resolved = device.createBuffer({ size: 8 * count, usage: QUERY_RESOLVE | COPY_SRC });
  const read = device.createBuffer({ size: 8 * count, usage: COPY_DST | MAP_READ });
  const encoder = device.createCommandEncoder();
  encoder.resolveQuerySet(set, 0, count, resolved, 0);
  encoder.copyBufferToBuffer(resolved, 0, read, 0, 8 * count);
  device.queue.submit([encoder.finish()]);
  await read.mapAsync(GPUMapMode.READ);
  const stamps = new BigUint64Array(read.getMappedRange().slice(0));
  resolved.destroy();
  read.destroy();
  return stamps;
}
