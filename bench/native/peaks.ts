/**
 * The two ceilings of an adapter, measured: how many floating-point operations a second its threads do when they have
 * nothing to fetch, and how many bytes a second go through its memory when there is nothing to compute. What a kernel
 * reaches is said as a share of them.
 */
const workgroup = 256;

/**
 * Products and sums that compilers for GPUs fuse, as they do in our kernels; `fma` is slow on adapters that have none. Eight
 * chains of four, so that none waits for its own last result; the compiler must think
 * that the end matters.
 */
const multiplyAdd = /* wgsl */ `
@group(0) @binding(0) var<storage, read_write> sink: array<vec4f>;
override turns: u32;

@compute @workgroup_size(${workgroup})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let a = vec4f(f32(id.x) * 1e-9 + 0.999);
  let b = vec4f(f32(id.x) * 1e-9);
  var c = array<vec4f, 8>(b, b + 1, b + 2, b + 3, b + 4, b + 5, b + 6, b + 7);
  for (var turn = 0u; turn < turns; turn++) {
    c[0] = a * c[0] + b;
    c[1] = a * c[1] + b;
    c[2] = a * c[2] + b;
    c[3] = a * c[3] + b;
    c[4] = a * c[4] + b;
    c[5] = a * c[5] + b;
    c[6] = a * c[6] + b;
    c[7] = a * c[7] + b;
  }
  let sum = c[0] + c[1] + c[2] + c[3] + c[4] + c[5] + c[6] + c[7];
  if (sum.x == 12345.0) { sink[0] = sum; }
}`;
const flopsPerTurn = 8 * 4 * 2;

const copy = /* wgsl */ `
@group(0) @binding(0) var<storage, read_write> to: array<vec4f>;
@group(0) @binding(1) var<storage, read> source: array<vec4f>;

@compute @workgroup_size(${workgroup})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let step = groups.x * ${workgroup}u;
  for (var i = id.x; i < arrayLength(&source); i += step) { to[i] = source[i]; }
}`;

export interface Peaks {
  /** Operations a second, a fused multiply-add being two. */
  flops: number;
  /** Bytes a second, read and written. */
  bytes: number;
}

/** Repetitions that count are those after the work was made to last this long. */
const enough_ms = 100;
const repetitions = 7;

export async function measurePeaks(device: GPUDevice): Promise<Peaks> {
  return { flops: await measureFlops(device), bytes: await measureBytes(device) };
}

async function measureFlops(device: GPUDevice): Promise<number> {
  const sink = device.createBuffer({ size: 16, usage: GPUBufferUsage.STORAGE });
  const groups = 4096;
  let best = 0;
  for (let turns = 64; ; turns *= 4) {
    const pipeline = await pipelineOf(device, multiplyAdd, { turns });
    const bindings = bind(device, pipeline, [sink]);
    const ms = await quickest(device, () => dispatch(device, pipeline, bindings, groups));
    best = (groups * workgroup * turns * flopsPerTurn * 1000) / ms;
    if (ms > enough_ms) break;
  }
  sink.destroy();
  return best;
}

async function measureBytes(device: GPUDevice): Promise<number> {
  // Far beyond any cache, and within what every adapter must give.
  const size = Math.min(device.limits.maxStorageBufferBindingSize, device.limits.maxBufferSize, 1 << 28) & ~15;
  const usage = GPUBufferUsage.STORAGE;
  const [to, source] = [device.createBuffer({ size, usage }), device.createBuffer({ size, usage })];
  const pipeline = await pipelineOf(device, copy, {});
  const bindings = bind(device, pipeline, [to, source]);
  let best = 0;
  for (let times = 1; ; times *= 4) {
    const ms = await quickest(device, () => {
      for (let i = 0; i < times; i++) dispatch(device, pipeline, bindings, 8192);
    });
    best = (2 * size * times * 1000) / ms;
    if (ms > enough_ms) break;
  }
  to.destroy();
  source.destroy();
  return best;
}

function pipelineOf(device: GPUDevice, code: string, constants: Record<string, number>) {
  const compute = { module: device.createShaderModule({ code }), constants };
  return device.createComputePipelineAsync({ layout: 'auto', compute });
}

function bind(device: GPUDevice, pipeline: GPUComputePipeline, buffers: readonly GPUBuffer[]): GPUBindGroup {
  const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer } }));
  return device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
}

function dispatch(device: GPUDevice, pipeline: GPUComputePipeline, bindings: GPUBindGroup, groups: number): void {
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, bindings);
  pass.dispatchWorkgroups(groups);
  pass.end();
  device.queue.submit([encoder.finish()]);
}

/** Milliseconds of the quickest repetition: a ceiling is what can be reached, not what is reached on average. */
async function quickest(device: GPUDevice, work: () => void): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < repetitions; i++) {
    const begun = performance.now();
    work();
    await device.queue.onSubmittedWorkDone();
    least = Math.min(least, performance.now() - begun);
    if (least > 10 * enough_ms) break;
  }
  return least;
}
