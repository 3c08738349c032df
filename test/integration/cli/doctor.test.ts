/** `doctor`: what the machine offers, measured once. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { folder, lab } from '../../support/commands/cli.ts';

describe('doctor', () => {
  it('says what the CPU trains with', async () => {
    const { out } = await lab('doctor --json');
    expect(JSON.parse(out).cpu.adapter).toMatch(/^WebAssembly, (relaxed )?SIMD, (one thread|up to \d+ threads)$/);
  });

  it('says whether the GPU computes what it should', async () => {
    const { webgpu } = JSON.parse((await lab('doctor --json')).out);
    expect(webgpu.available ? webgpu.adapter.self_test : 'no adapter').toEqual(
      webgpu.available ? { passed: true } : 'no adapter',
    );
    expect((await lab('doctor')).out.includes('self-test')).toBe(webgpu.available);
  });

  it('measures once, and says where that is kept and what it came to', async () => {
    const examined = async (words: string) => {
      const { code, out, err } = await lab(words);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      return JSON.parse(out).calibration;
    };
    const first = await examined('doctor --json --recalibrate');
    expect(first).toMatchObject({ file: expect.any(String), choices: expect.any(Number), problem: null });
    expect(first.file.startsWith(folder)).toBe(true);
    if (first.plan) {
      expect(first.choices).toBeGreaterThan(0);
      expect(JSON.parse(readFileSync(first.file, 'utf8'))).toBeTypeOf('object');
    }
    expect(await examined('doctor --json')).toEqual(first);
  });
});
