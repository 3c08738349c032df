/**
 * What `navigator.gpu` is, without WebGPU's name for it: the types of this package then compile where nothing declares WebGPU
 * (TypeScript 5.9 without `@webgpu/types`), and where it is declared this is `GPU`.
 */
export type WebGpu = typeof globalThis extends { navigator: { gpu: infer Gpu } } ? Gpu : object;
