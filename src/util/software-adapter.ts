/** Whether a graphics adapter is a CPU in disguise. Drivers are asked by name too: not all of them own up to it. */
export function isSoftwareAdapter(info: GPUAdapterInfo): boolean {
  const names = `${info.vendor} ${info.architecture} ${info.device} ${info.description}`;
  return Boolean(info.isFallbackAdapter) || /swiftshader|llvmpipe|lavapipe|basic render|\bwarp\b/i.test(names);
}
