import type { EngineData, PlanChoice, Population, PopulationSettings } from '../engine.ts';
import type { GpuContext } from './context.ts';
import { createLayeredPopulation } from './layered.ts';
import { createResidentPopulation } from './resident.ts';

export async function planFor(
  context: GpuContext,
  data: EngineData,
  settings: PopulationSettings,
  forced: PlanChoice = settings.plan ?? 'auto',
): Promise<Population> {
  if (forced === 'resident')
    return createResidentPopulation(context, data, settings, {
      threads: Number(globalThis.process?.env.THREADS ?? 8),
      memory: (globalThis.process?.env.MEMORY ?? 'storage') as 'storage',
    });
  return createLayeredPopulation(context, data, settings);
}
