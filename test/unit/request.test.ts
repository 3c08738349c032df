/** What a request for an engine may say. */
import { describe, expect, it } from 'vitest';
import { requestEngine } from '../../src/engine/request.ts';

describe('a budget of GPU memory', () => {
  it.each([0, -1, Number.NaN])('of %d bytes is refused', async (memory_bytes) => {
    await expect(requestEngine({ kind: 'cpu', memory_bytes })).rejects.toThrow(
      /^memory_bytes: \S+ is no budget; give /,
    );
  });

  it('is no matter to an engine on the CPU', async () => {
    expect((await requestEngine({ kind: 'cpu', memory_bytes: 1 })).bytes).toBe(0);
  });
});
