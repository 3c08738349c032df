/**
 * The GPU device: asking an adapter for it with its limits, and making every failure of it one sentence. Validation
 * errors are defects of ours, so none is swallowed: the work in progress is rejected with the first.
 */
import { gpu } from '../../messages/en/engines/gpu.ts';
import { InputError, RunError } from '../../util/errors.ts';
import { message, type Said } from '../../util/message.ts';
import { type Calibration, createChoices } from '../calibration.ts';
import type { Engine, EngineData, EngineInfo, PopulationShape } from '../engine.ts';
import type { HostMemory } from '../memory.ts';
import type { GpuContext } from './context.ts';
import type { Adapter } from './device/adapter.ts';
import { createPipelineCache } from './device/pipelines.ts';
import { findWrongNumber, requireSelfTest } from './device/self-test.ts';
import { type MatmulConfig, type MatmulVariant, oneConfig } from './layered/matmul-config.ts';
import { requireGpuMemory } from './memory/estimate.ts';
import { bytesHeld } from './memory/memory.ts';
import { createPartitioned, type Parts, trialsThatFit } from './plan/partitioned.ts';
import { contextOfPlan, partSeparator } from './plan/plan-code.ts';
import { planFor, trainsTogether } from './plan/planner.ts';
import type { ResidentVariant } from './resident/kernel.ts';
import { emulatedWidth } from './software/emulated-width.ts';
import { lanesOf } from './software/quad-swap.ts';
import { configsSchema, fastestConfigs } from './tuning/matmul.ts';

export interface GpuOptions extends HostMemory {
  /** Milliseconds that one submit should take. */
  slice_ms?: number;
  /** Bytes that one buffer may have; the device's own limit unless given. */
  largest_buffer?: number;
  /** Bytes that all populations together may hold, predictions left out; what the device has unless given. */
  memory_bytes?: number;
  /** The way to a matrix product; measured unless given. */
  core?: MatmulVariant;
  /** With `core`: threads of a workgroup along each axis, at most. */
  threads?: MatmulConfig['threads'];
  /** With `core`: weight gradients are cut into slices of so many rows, at least. */
  slice_rows?: number;
  /** How the resident plan is laid out over threads; measured unless given. */
  resident?: ResidentVariant;
  /** Where choices outlive the engine. */
  calibration?: Calibration;
}

/** @throws RunError when the adapter does not give a device, InputError self_test_failed when that gets numbers wrong. */
export async function requestGpuEngine(adapter: Adapter, why: Said, options: GpuOptions = {}): Promise<Engine> {
  const { limits } = adapter.gpu;
  // More than the defaults: large populations, and for the resident plan whole batches in workgroup memory.
  const requiredLimits = {
    maxBufferSize: limits.maxBufferSize,
    maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
    maxStorageBuffersPerShaderStage: limits.maxStorageBuffersPerShaderStage,
    maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
  };
  const requiredFeatures = (['subgroups'] as const).filter((feature) => adapter.gpu.features.has(feature));
  const device = await adapter.gpu.requestDevice({ requiredLimits, requiredFeatures }).catch((error: Error) => {
    throw new RunError(message(gpu, 'device_refused', { adapter: adapter.name, cause: error.message }));
  });
  const pipelines = createPipelineCache(device);
  const { maxBufferSize, maxStorageBufferBindingSize } = device.limits;
  const largest = options.largest_buffer ?? Math.min(maxBufferSize, maxStorageBufferBindingSize);

  let lostBecause: Said | undefined;
  let firstError: string | undefined;
  const lost = device.lost.then((info) => {
    lostBecause = reasonOf(info);
    return lostBecause;
  });
  const note = ({ error }: GPUUncapturedErrorEvent) => {
    firstError ??= error.message;
  };
  device.addEventListener('uncapturederror', note);

  const info: EngineInfo = { kind: 'webgpu', adapter: adapter.name, software: adapter.software, why };
  const context: GpuContext = {
    engine: info,
    device,
    pipelines,
    slice_ms: options.slice_ms ?? 50,
    resident: options.resident,
    memory_bytes: options.memory_bytes,
    choices: createChoices(adapter.identity, options.calibration),
    async configs() {
      if (options.core) return oneConfig(options.core, options.threads, options.slice_rows);
      const emulated = (await emulatedWidth(context)) === null ? null : { lanes: await lanesOf(context) };
      return context.choices.make('ways', configsSchema, () => fastestConfigs(device, pipelines, emulated));
    },
    async guarded(doing, work) {
      const failed = () => {
        if (lostBecause) return new RunError(message(gpu, 'device_lost', { doing, why: lostBecause }));
        if (firstError) return new RunError(message(gpu, 'gpu_error', { doing, cause: firstError }));
        return undefined;
      };
      let result: Awaited<ReturnType<typeof work>>;
      try {
        result = await work();
      } catch (error) {
        // A lost device rejects its maps first and says so itself a moment later.
        if (error instanceof DOMException || (error as Error).name === 'AbortError') await Promise.race([lost, soon()]);
        throw failed() ?? error;
      }
      const failure = failed();
      if (failure) throw failure;
      return result;
    },
  };

  const destroy = () => {
    // Some runtimes keep a device as long as it has a listener that can reach it.
    device.removeEventListener('uncapturederror', note as EventListener);
    device.destroy();
  };

  const test = () => context.guarded('testing itself', () => findWrongNumber(device, pipelines));
  await requireSelfTest(adapter, test).catch((error: unknown) => {
    destroy();
    throw error;
  });

  const partsOn = (own: GpuContext): Parts => ({
    limit: largest,
    together: (settings) => trainsTogether(own, settings),
    populate: (data, settings) => planFor(own, data, settings),
    configs: own.configs,
  });

  const { software } = adapter;
  const { host_memory_bytes } = options;
  const memoryFor = (data: EngineData, settings: PopulationShape, others?: number) => {
    trialsThatFit(largest, data, settings);
    return requireGpuMemory({ software, host_memory_bytes }, data, settings, others);
  };

  return {
    ...info,
    get bytes() {
      return bytesHeld(device);
    },
    lost,
    memoryFor,
    async createPopulation(data, settings) {
      if (settings.custom_loss) {
        throw new InputError(message(gpu, 'custom_loss_gpu', { name: settings.custom_loss.name }), 'loss');
      }
      memoryFor(data, settings);
      const [code] = settings.plan_code?.split(partSeparator) ?? [];
      const own = code === undefined ? context : (await contextOfPlan(context, code)).context;
      return createPartitioned(partsOn(own), data, settings);
    },
    destroy,
  };
}

/** A little later: enough for events that are already on their way. */
function soon(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 50);
  });
}

function reasonOf({ reason, message: cause }: GPUDeviceLostInfo): Said {
  if (reason === 'destroyed') return message(gpu, 'engine_closed');
  // Chromium's words for it.
  if (cause.includes('external Instance')) return message(gpu, 'gpu_process_ended');
  return cause || message(gpu, 'loss_unexplained');
}
