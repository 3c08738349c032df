import { expect, it } from 'vitest';
import { isSoftwareAdapter } from '../../../src/util/software-adapter.ts';

it('knows software adapters by what they say of themselves', () => {
  const info = { vendor: '', architecture: '', device: '', description: '', isFallbackAdapter: false };
  const adapter = (fields: object) => ({ ...info, ...fields }) as GPUAdapterInfo;
  expect(isSoftwareAdapter(adapter({ description: 'llvmpipe (LLVM 15.0.6, 256 bits)' }))).toBe(true);
  expect(isSoftwareAdapter(adapter({ architecture: 'swiftshader' }))).toBe(true);
  expect(isSoftwareAdapter(adapter({ description: 'Microsoft Basic Render Driver' }))).toBe(true);
  expect(isSoftwareAdapter(adapter({ architecture: 'warp' }))).toBe(true);
  expect(isSoftwareAdapter(adapter({ isFallbackAdapter: true }))).toBe(true);
  expect(isSoftwareAdapter(adapter({ vendor: 'nvidia', description: 'NVIDIA A100' }))).toBe(false);
});
