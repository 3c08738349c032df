/** Losses of the caller's own, as engines take them. */
import { lossOfPanels } from './cpu/custom-loss.ts';
import type { CustomLoss } from './engine.ts';
import type { Loss } from './reference/losses.ts';

export function createCustomLoss(name: string, row: Loss['row']): CustomLoss {
  return { name, row, panels: lossOfPanels(row) };
}
