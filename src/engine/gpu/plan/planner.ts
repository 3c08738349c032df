/**
 * Which plan trains a population: the one that is asked for, the only one that can, or the faster of the two. Both give
 * the reference's numbers, so the choice is a matter of speed alone; it is made by a short training on populations that
 * are thrown away, once per adapter and class of shapes. Resident goes first: for a small network its step is over before
 * the layered plan's dispatches alone would be, and then nothing of that plan is compiled or measured.
 */
import * as z from 'zod/mini';
import { engines } from '../../../messages/en/engines/engines.ts';
import { gpu } from '../../../messages/en/engines/gpu.ts';
import { updateOf } from '../../../spec/optimizers.ts';
import { InputError } from '../../../util/errors.ts';
import { type Message, message, type Said } from '../../../util/message.ts';
import type { EngineData, PlanChoice, PopulationSettings } from '../../engine.ts';
import { millisecondsPerStep } from '../../measure.ts';
import { parameterCount } from '../../parameters.ts';
import type { GpuContext } from '../context.ts';
import { createLayeredPopulation, dispatchesOfStep, layeredFits } from '../layered/layered.ts';
import { residentFits, residentSize } from '../resident/fit.ts';
import { createResidentPopulation } from '../resident/resident.ts';
import { leftToLayered } from '../software/resident-kernel.ts';
import { dispatchCost } from '../tuning/dispatch-cost.ts';
import { measuring } from '../tuning/measure.ts';
import { activationMemory, residentVariant } from '../tuning/resident-threads.ts';
import { contextOfPlan } from './plan-code.ts';
import type { Streamable } from './streamed.ts';

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
  const { plan_code, ...chosen } = settings;
  if (plan_code !== undefined) {
    const given = await contextOfPlan(context, plan_code);
    return planFor(given.context, data, chosen, given.plan);
  }
  const memory = forced === 'layered' ? undefined : await activationMemory(context, settings);
  const notResident = memory && residentFits(context.device.limits, settings, memory);
  const notLayered = layeredFits(settings);
  const notWorthIt = !notLayered && memory === 'storage' ? leftToLayered(settings) : undefined;
  // Where there is no choice there is nothing to measure.
  const noChoice = notResident || notWorthIt ? 'layered' : notLayered ? 'resident' : undefined;
  const plan = forced === 'auto' ? noChoice : forced;
  if (plan === 'layered' && notLayered) throw new InputError(message(gpu, 'plan_refused', notLayered), 'plan');
  if (plan === 'resident' && notResident) throw new InputError(message(gpu, 'resident_refused', notResident), 'plan');
  const because = notResident?.why ?? notWorthIt ?? notLayered?.why;
  if (plan) {
    const why = forced === 'auto' && because ? because : message(engines, 'asked_for');
    return make[plan](context, data, settings, why);
  }
  const choice = await context.choices.make(`plan ${classOf(settings)}`, planSchema, () =>
    faster(context, data, few(settings)),
  );
  return make[choice.plan](context, data, settings, reasonOf(choice));
}

const make = { resident, layered: createLayeredPopulation };

/** What was measured of the two, in steps a second. */
const planSchema = z.object({
  plan: z.enum(['resident', 'layered']),
  resident: z.number().check(z.positive()),
  layered: z.number().check(z.positive()),
  /** Layered was not tried, because its dispatches alone allow no more. */
  at_most: z.boolean(),
});
type PlanMeasured = z.infer<typeof planSchema>;

function reasonOf({ plan, resident, layered, at_most }: PlanMeasured): Message {
  const [rate, other] = plan === 'resident' ? [resident, layered] : [layered, resident];
  return message(gpu, 'plans_measured', { plan, rate, other, bounded: at_most });
}

/** Whether a plan trains these trials as one population. */
export async function trainsTogether(context: GpuContext, settings: PopulationSettings): Promise<boolean> {
  const { plan = 'auto' } = settings;
  if (plan !== 'resident' && !layeredFits(settings)) return true;
  return (
    plan !== 'layered' && !residentFits(context.device.limits, settings, await activationMemory(context, settings))
  );
}

async function resident(
  context: GpuContext,
  data: EngineData,
  settings: PopulationSettings,
  why: Said,
): Promise<Streamable> {
  const variant = await residentVariant(context, data, few(settings), classOf(settings));
  return createResidentPopulation(context, data, settings, variant, why);
}

async function faster(context: GpuContext, data: EngineData, settings: PopulationSettings): Promise<PlanMeasured> {
  const time = async (plan: 'resident' | 'layered') => {
    const population = await make[plan](context, data, settings, measuring);
    return millisecondsPerStep(population).finally(() => population.destroy());
  };
  let ofResident = await time('resident');
  const least = dispatchesOfStep(settings) * (await dispatchCost(context));
  const hopeless = clearly * least > ofResident;
  const ofLayered = hopeless ? least : await time('layered');
  // The choice is kept for good, and others may have kept the machine busy just while resident had its turn.
  if (clearly * ofLayered < ofResident) ofResident = Math.min(ofResident, await time('resident'));
  return {
    plan: clearly * ofLayered < ofResident ? 'layered' : 'resident',
    resident: 1000 / ofResident,
    layered: 1000 / ofLayered,
    at_most: hopeless,
  };
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
