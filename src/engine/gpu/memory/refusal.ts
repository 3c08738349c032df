/** What refuses that which does not fit GPU memory: what it needs, by its largest parts, and what would fit. */
import { gpu, type works } from '../../../messages/en/engines/gpu.ts';
import { InputError } from '../../../util/errors.ts';
import { message } from '../../../util/message.ts';
import type { PopulationSettings } from '../../engine.ts';
import { allocatedBytes, type BufferSpec } from './buffer-spec.ts';

/** The device has no room for this. */
export function outOfMemory(
  settings: PopulationSettings,
  needs: readonly BufferSpec[],
  work: keyof typeof works = 'training',
): InputError {
  return new InputError(message(gpu, 'memory_short', { work, ...needed(settings, needs) }), 'engine');
}

/** @param fitting trials that would fit, perhaps none */
export function overBudget(
  settings: PopulationSettings,
  needs: readonly BufferSpec[],
  room: { budget: number; held: number; fitting: number },
): InputError {
  return new InputError(
    message(gpu, 'budget_short', { work: 'training', ...needed(settings, needs), ...room }),
    'engine',
  );
}

/** The whole, and of what it is made for the most part. */
function needed({ trials }: PopulationSettings, needs: readonly BufferSpec[]) {
  const parts = new Map<string, number>();
  for (const need of needs) {
    // Buffers of one kind count together: those of layer 1, 2 and so on.
    const kind = need.label.replace(/ of layer \d+| \d+$/, '');
    parts.set(kind, (parts.get(kind) ?? 0) + allocatedBytes(need));
  }
  return {
    trials: trials.length,
    bytes: needs.reduce((sum, need) => sum + allocatedBytes(need), 0),
    parts: [...parts]
      .sort(([, a], [, b]) => b - a)
      .slice(0, 3)
      .map(([name, bytes]) => ({ name, bytes })),
  };
}
