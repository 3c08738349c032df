/** Imports that the build resolves: shader modules, and the layouts of their structs (tools/wgsl-*.ts). */

declare module '*.wgsl?wesl' {
  const module: import('./engine/gpu/device/link.ts').ShaderModule;
  export default module;
}

declare module '*.wgsl?layout' {
  interface StructLayout {
    /** Bytes of one element in an array. */
    size: number;
    /** Bytes from the beginning of the struct to each field, by what it is, or is an array or a vector of. */
    f32: Record<string, number>;
    u32: Record<string, number>;
  }
  export const Block: StructLayout;
  export const Trial: StructLayout;
  export const State: StructLayout;
  export const Layer: StructLayout;
  export const Resident: StructLayout;
  export const TensorTraining: StructLayout;
}

/** The one function that is used of it. */
declare module 'd3-array' {
  export function ticks(start: number, stop: number, count: number): number[];
}

declare const __VERSION__: string;

declare module '*.gz?url' {
  const url: string;
  export default url;
}

/** The CPU engine's kernels: a WebAssembly module, deflated, as base64 (tools/kernels.ts). */
declare module 'virtual:kernels/plain' {
  const base64: string;
  export default base64;
}

declare module 'virtual:kernels/relaxed' {
  const base64: string;
  export default base64;
}

/** The text of a script, small (tools/minified.ts). */
declare module '*?minified' {
  const code: string;
  export default code;
}
