/** What the parts of the GPU engine share. */
import type { Doing } from '../../messages/en/engines/gpu.ts';
import type { Choices } from '../calibration.ts';
import type { EngineInfo } from '../engine.ts';
import type { PipelineCache } from './device/pipelines.ts';
import type { MatmulConfigs } from './layered/matmul-config.ts';
import type { ResidentVariant } from './resident/kernel.ts';

export interface GpuContext {
  /** For the record of populations. */
  readonly engine: EngineInfo;
  readonly device: GPUDevice;
  readonly pipelines: PipelineCache;
  /** Milliseconds that one submit should take. */
  readonly slice_ms: number;
  /** The configs to a matrix product that this device runs fastest; measured unless given. */
  configs(): Promise<MatmulConfigs>;
  /** How the resident plan is laid out over threads; measured unless given. */
  readonly resident?: ResidentVariant;
  /** Bytes that populations of this engine may hold, all together; no limit unless given. */
  readonly memory_bytes?: number;
  /** What was measured on this adapter once, now or in an earlier run, and is not measured again. */
  readonly choices: Choices;
  /** Runs GPU work; rejects with a RunError when the device was lost or reported an error meanwhile. */
  guarded<Result>(doing: Doing, work: () => Promise<Result>): Promise<Result>;
}
