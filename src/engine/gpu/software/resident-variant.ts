/** How the resident plan's work is laid out on a software adapter, and what can be compiled before that is known. */
import type { PopulationSettings } from '../../engine.ts';
import type { GpuContext } from '../context.ts';
import { layeredFits } from '../layered/layered.ts';
import { residentFits } from '../resident/fit.ts';
import type { ResidentVariant } from '../resident/kernel.ts';
import { compileFirst } from '../resident/resident.ts';
import { widths } from './emulated-width.ts';
import { lanesOf, mayHaveLanes } from './quad-swap.ts';
import { leftToLayered } from './resident-kernel.ts';

/** @param width threads that run side by side */
export async function softwareVariant(context: GpuContext, width: number): Promise<ResidentVariant> {
  return { memory: 'storage', threads: width, swaps: width === widths[0] && (await lanesOf(context)) };
}

/** Begins what is most likely asked for next, where an adapter calls itself one. */
export function prepareSoftware(context: GpuContext, settings: PopulationSettings): void {
  compileAhead(context, settings);
  if (context.engine.software) lanesOf(context).catch(ignore);
}

/** A guess by what the adapter calls itself. A wrong one costs the time of a compiler, and is not what is chosen. */
function compileAhead(context: GpuContext, settings: PopulationSettings): void {
  const guess: ResidentVariant = { memory: 'storage', threads: widths[0], swaps: mayHaveLanes(context.device) };
  if (!context.engine.software || residentFits(context.device.limits, settings, guess.memory)) return;
  if (settings.plan !== 'resident' && leftToLayered(settings)) return;
  // Where there is no choice nothing is measured.
  const atOnce = settings.plan === 'resident' || layeredFits(settings) !== undefined;
  compileFirst(context, settings, guess, atOnce).catch(ignore);
}

/** What is begun ahead and goes wrong is told to whoever needs it. */
function ignore(): void {}
