/** The sentence that refuses what does not fit GPU memory: what it needs, by its largest parts, and what would fit. */
import { InputError } from '../../../util/errors.ts';
import type { PopulationSettings } from '../../engine.ts';
import { allocatedBytes, type BufferSpec, megabytes } from './buffer-spec.ts';

/** The device has no room for this. */
export function outOfMemory(
  settings: PopulationSettings,
  needs: readonly BufferSpec[],
  doing = 'Training',
): InputError {
  const fewer = settings.trials.length > 1 ? 'fewer trials' : undefined;
  return refusal(settings, needs, doing, 'the device has left', fewer);
}

/**
 * @param room what there is
 * @param fitting what would fit, where that is known
 */
export function refusal(
  { trials }: PopulationSettings,
  needs: readonly BufferSpec[],
  doing: string,
  room: string,
  fitting: string | undefined,
): InputError {
  const what = trials.length > 1 ? `${doing} ${trials.length} trials together needs` : `${doing} needs`;
  const mend = [fitting, 'fewer units', 'a smaller batch_size'].filter(Boolean).join(', ');
  return new InputError(`${what} ${inWords(needs)}, more than ${room}; use ${mend}, or engine cpu.`, 'engine');
}

/** A sentence's worth: the whole, and of what it is made for the most part. */
function inWords(needs: readonly BufferSpec[]): string {
  const total = needs.reduce((sum, need) => sum + allocatedBytes(need), 0);
  const parts = new Map<string, number>();
  for (const need of needs) {
    // Buffers of one kind count together: those of layer 1, 2 and so on.
    const kind = need.label.replace(/ of layer \d+| \d+$/, '');
    parts.set(kind, (parts.get(kind) ?? 0) + allocatedBytes(need));
  }
  const largest = [...parts].sort(([, a], [, b]) => b - a).slice(0, 3);
  return `${megabytes(total)} MB of GPU memory (${largest.map(([kind, bytes]) => `${kind} ${megabytes(bytes)}`).join(', ')})`;
}
