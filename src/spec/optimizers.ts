/**
 * What optimizers do with a gradient, each declared once: what is neither their settings (`optimizer-settings.ts`) nor
 * code. An update's place in the table is its number in the kernels (tools/kernel-constants.ts). How to add one:
 * docs/adding.md.
 */
import type { OptimizerName } from './optimizer-settings.ts';

export interface UpdateEntry {
  /** What it keeps between steps: numbers for each parameter, in this order, and at most two. */
  state: readonly string[];
  /** Its state are running means that start at 0, which 1 - beta^t corrects. */
  corrected?: true;
}

const updates = {
  sgd: { state: [] },
  momentum: { state: ['velocity'] },
  rmsprop: { state: ['square', 'velocity'] },
  adam: { state: ['mean', 'square'], corrected: true },
} satisfies Record<string, UpdateEntry>;

export type UpdateName = keyof typeof updates;
export const updateTable: Record<UpdateName, UpdateEntry> = updates;
export const updateNames = Object.keys(updates) as UpdateName[];

export interface OptimizerEntry {
  update: UpdateName;
  /** The same without momentum, which costs memory. */
  withoutMomentum?: UpdateName;
}

export const optimizerTable: Record<OptimizerName, OptimizerEntry> = {
  sgd: { update: 'momentum', withoutMomentum: 'sgd' },
  rmsprop: { update: 'rmsprop' },
  adam: { update: 'adam' },
  /** Loshchilov & Hutter 2019: every optimizer here has the weight decay that is decoupled from the gradient. */
  adamw: { update: 'adam' },
};

/** The update with the least state for a momentum that stays as it is. */
export function updateOf({ optimizer, momentum }: { optimizer: OptimizerName; momentum: number }): UpdateName {
  const { update, withoutMomentum } = optimizerTable[optimizer];
  return momentum > 0 ? update : (withoutMomentum ?? update);
}

/** What an optimizer keeps where the momentum may change while it trains. */
export function stateOf(optimizer: OptimizerName): readonly string[] {
  return updateTable[optimizerTable[optimizer].update].state;
}
