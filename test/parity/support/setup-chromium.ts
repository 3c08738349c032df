/** WebGPU in a real browser. */
globalThis.parityGpu = navigator.gpu;
globalThis.parityEveryCase = false;
