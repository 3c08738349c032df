/**
 * The resident plan's kernel on a software adapter, where activations are in storage: such an adapter computes both sides of
 * every branch, takes long to compile every instruction, and does a whole step on one core.
 */
import { gpu } from '../../../messages/en/engines/gpu.ts';
import { type ActivationName, activationNames } from '../../../spec/activations.ts';
import { updateNames, updateOf } from '../../../spec/optimizers.ts';
import { type Message, message } from '../../../util/message.ts';
import type { PopulationSettings } from '../../engine.ts';
import type { ResidentVariant } from '../resident/kernel.ts';

/** Whether the kernel has a smaller form, without the code for four units at a time. */
export function startsSmall({ layers }: PopulationSettings, { memory, threads }: ResidentVariant): boolean {
  return memory === 'storage' && layers.some(({ outputs }) => outputs >= 4 * threads);
}

/** Constants that leave out the code that no trial has a use for. @param small as in `startsSmall` */
export function softwareConstants(
  settings: PopulationSettings,
  variant: ResidentVariant,
  { rowFours, clips, small }: { rowFours: number; clips: boolean; small: boolean },
): Record<string, number> {
  const { trials } = settings;
  const updates = new Set(trials.map(updateOf));
  return {
    WIDE: Number(!small && startsSmall(settings, variant)),
    // Applied at once where no trial has another optimizer, none clips, and no gradient comes in parts.
    FUSED: Number(updates.size === 1 && !clips && rowFours <= 2),
    HIDDEN_ACTIVATION: indexOfOnly(trials.flatMap(({ activations }) => activations.slice(0, -1))),
    LAST_ACTIVATION: indexOfOnly(trials.map(({ activations }) => activations[activations.length - 1])),
    UPDATES: [...updates].reduce((kinds, update) => kinds | (1 << updateNames.indexOf(update)), 0),
    ANY_DROPS: Number(trials.some(({ dropout }) => dropout.some((rate) => rate > 0))),
    ALL_PAIRS: Number(trials.every(({ batch_size }) => Math.ceil(batch_size / 4) % 2 === 0)),
  };
}

/** The index of the activation that all have, or 255 where there is more than one, or none. */
function indexOfOnly(activations: readonly ActivationName[]): number {
  return new Set(activations).size === 1 ? activationNames.indexOf(activations[0]) : 255;
}

/** Multiply-adds of a step that a software adapter's core does in about 50 ms: 7e8 a second were measured. */
const maxStepWork = 2 ** 25;
/** There the list of a batch's rows takes 6 ms to compile for every 16 rows: 180 ms for so many. */
const maxRows = 512;

/**
 * Why the layered plan, where it can train these trials, need not even be measured against this one, if it need
 * not. On one core time slices of such steps could not be kept short.
 */
export function leftToLayered({ layers, trials }: Pick<PopulationSettings, 'layers' | 'trials'>): Message | undefined {
  const weights = layers.reduce((sum, { inputs, outputs }) => sum + inputs * outputs, 0);
  const rows = Math.max(...trials.map(({ batch_size }) => batch_size));
  if (rows > maxRows) return message(gpu, 'rows_for_layered', { most: maxRows });
  // Forward, deltas and gradients are a product each.
  return 3 * weights * rows > maxStepWork ? message(gpu, 'step_for_layered') : undefined;
}
