/**
 * How much a device is given at once. No speed is known before anything has run, so it is counted in multiply-adds: what
 * would keep the slowest adapters of each kind busy for a tenth of a second. Training goes by measured time from its second
 * submit on (`plan/time-slice.ts`).
 */
import type { EngineInfo, PopulationShape } from '../engine.ts';
import { kindOf } from '../layers.ts';

/** SwiftShader does 7e8 a second on one core. */
const softwareWork = 2 ** 26;
/** Integrated GPUs of 2015 are above 2e10. */
const gpuWork = 2 ** 31;

/** An activation takes as long as so many, about. */
const activationWork = 16;

/** Multiply-adds of one dispatch or submit, at most, where it can be cut. */
export function mostWork({ software }: Pick<EngineInfo, 'software'>): number {
  return software ? softwareWork : gpuWork;
}

/** Multiply-adds of a forward pass of one row through all trials: of its largest layer, and of all. */
export function forwardWork({ layers, trials }: Pick<PopulationShape, 'layers' | 'trials'>) {
  const products = layers.map(
    (layer) => layer.outputs * ((kindOf(layer) === 'dense' ? layer.inputs : 1) + activationWork) * trials.length,
  );
  return { largest: Math.max(...products), all: products.reduce((sum, product) => sum + product, 0) };
}

/** Multiply-adds of a training step: forward, deltas and gradients are a product each. */
export function stepWork(settings: Pick<PopulationShape, 'layers' | 'trials'>): number {
  return 3 * Math.max(...settings.trials.map(({ batch_size }) => batch_size)) * forwardWork(settings).all;
}

/** @param record windows `first` to before `end`. Submits them some at a time, but for the last, whose encoder it gives back */
export function recordInSubmits(
  device: GPUDevice,
  { count, perSubmit }: { count: number; perSubmit: number },
  record: (encoder: GPUCommandEncoder, first: number, end: number) => void,
): GPUCommandEncoder {
  for (let first = 0; ; first += perSubmit) {
    const encoder = device.createCommandEncoder();
    const end = Math.min(first + perSubmit, count);
    record(encoder, first, end);
    if (end === count) return encoder;
    device.queue.submit([encoder.finish()]);
  }
}
