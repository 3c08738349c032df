/**
 * Which plan trains a population: the one that is asked for, the only one that can, or the faster of the two. Both give
 * the reference's numbers, so the choice is a matter of speed alone; it is made by a short training on populations that
 * are thrown away, once per device and class of shapes.
 */
import { InputError } from '../../spec/errors.ts';
import type { EngineData, PlanChoice, Population, PopulationSettings } from '../engine.ts';
import { millisecondsPerStep } from '../measure.ts';
import { parameterCount } from '../parameters.ts';
import type { GpuContext } from './context.ts';
import { createLayeredPopulation, layeredFits } from './layered.ts';
import { measuredOnce } from './measure.ts';
import { createResidentPopulation } from './resident.ts';
import { leftToLayered, residentFits, residentSize } from './resident-fit.ts';
import { residentVariant, unitMemory } from './resident-variants.ts';
import type { Streamable } from './streamed.ts';
import { updateOf } from './trial-fields.ts';

/** Trials of a population that is measured and thrown away, at most. */
const measuredTrials = 256;

/** The layered plan has to win clearly, so that noise cannot make the choice, and with it the bits, differ from run to run. */
const clearly = 1.2;

export async function planFor(
  context: GpuContext,
  data: EngineData,
  settings: PopulationSettings,
  forced: PlanChoice = settings.plan ?? 'auto',
): Promise<Streamable> {
  const memory = forced === 'layered' ? undefined : await unitMemory(context);
  const notResident = memory && residentFits(context.device.limits, settings, memory);
  const notLayered = layeredFits(settings);
  const toLayered = !notLayered && memory === 'storage' && leftToLayered(settings);
  // Where there is no choice there is nothing to measure.
  const only = notResident || toLayered ? 'layered' : notLayered ? 'resident' : undefined;
  const plan = forced === 'auto' ? only : forced;
  if (plan === 'layered' && notLayered) throw new InputError(`plan: ${notLayered}; choose auto or resident.`, 'plan');
  if (plan === 'resident' && notResident)
    throw new InputError(`plan: the resident plan does not fit: ${notResident}.`, 'plan');
  const chosen =
    plan ?? (await measuredOnce(context.measured, classOf(settings), () => faster(context, data, settings)));
  if (chosen === 'layered') return createLayeredPopulation(context, data, settings);
  return resident(context, data, settings);
}

/** Whether a plan trains these trials as one population. */
export async function trainsTogether(context: GpuContext, settings: PopulationSettings): Promise<boolean> {
  const { plan = 'auto' } = settings;
  if (plan !== 'resident' && !layeredFits(settings)) return true;
  return plan !== 'layered' && !residentFits(context.device.limits, settings, await unitMemory(context));
}

async function resident(context: GpuContext, data: EngineData, settings: PopulationSettings): Promise<Streamable> {
  const variant = await residentVariant(context, data, few(settings), classOf(settings));
  return createResidentPopulation(context, data, settings, variant);
}

async function faster(
  context: GpuContext,
  data: EngineData,
  settings: PopulationSettings,
): Promise<'layered' | 'resident'> {
  const time = async (make: (settings: PopulationSettings) => Promise<Population>) => {
    const population = await make(few(settings));
    return millisecondsPerStep(population).finally(() => population.destroy());
  };
  const ofResident = await time((some) => resident(context, data, some));
  const ofLayered = await time((some) => createLayeredPopulation(context, data, some));
  return clearly * ofLayered < ofResident ? 'layered' : 'resident';
}

function few(settings: PopulationSettings): PopulationSettings {
  const trials = settings.trials.slice(0, measuredTrials);
  const count = parameterCount(settings.layers);
  return { ...settings, trials, initial_parameters: settings.initial_parameters.subarray(0, trials.length * count) };
}

/** What decides about speed: populations of one class are taken to behave alike. */
function classOf({ layers, loss, trials }: PopulationSettings): string {
  const { rowFours, slopes } = residentSize({ layers, trials });
  const updates = [...new Set(trials.map(updateOf))].sort();
  const clips = trials.some(({ clip_norm }) => clip_norm > 0);
  const trialsClass = Math.ceil(Math.log2(Math.min(trials.length, measuredTrials)));
  return JSON.stringify([layers, loss, rowFours, slopes, updates, clips, trialsClass]);
}
