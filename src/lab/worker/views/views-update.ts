/** The news of the views that go with an update. */
import type { ViewsUpdate } from '../../protocol/views.ts';

export const noViews: ViewsUpdate = { surface: null, residuals: null, roc: null, inside: null };

/** The buffers of every typed array in plain data, which may be handed over instead of copied. */
export function buffersOf(value: unknown, found = new Set<ArrayBuffer>()): Set<ArrayBuffer> {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (value && typeof value === 'object') {
    for (const inner of Object.values(value)) buffersOf(inner, found);
  }
  return found;
}
