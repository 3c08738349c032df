/** What a request for an engine may say. */
import { describe, expect, it, vi } from 'vitest';
import { requestEngine } from '../../../src/engine/request.ts';

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

describe('an engine', () => {
  it('is destroyed at the end of a block that uses it', async () => {
    const destroyed = vi.fn();
    {
      await using engine = await requestEngine({ kind: 'reference' });
      engine.destroy = destroyed;
      expect(destroyed).not.toHaveBeenCalled();
    }
    expect(destroyed).toHaveBeenCalledOnce();
  });
});
