/** Why this machine has no WebGPU or no browser: parts of sentences, without a full stop. */
import { inEnglish, type Said } from '../../../util/message.ts';

export const machine = {
  graphics_device_missing: 'this machine has no graphics device',
  gpu_in_thread: 'WebGPU in Node does not work in a worker thread; use a forked process',
  gpu_missing: 'this machine has no GPU that WebGPU can use',
  gpu_missing_twice: ({ why }: { why: Said }) => `this machine has no GPU that WebGPU can use, and ${inEnglish(why)}`,
  package_missing: ({ name, version }: { name: string; version: string }) =>
    `the npm package ${name} is missing: npm install ${version}`,
  package_not_made: ({ name, platform }: { name: string; platform: string }) =>
    `the npm package ${name} is not made for ${platform}`,
  package_not_loaded: ({ name, detail }: { name: string; detail: string }) =>
    `the npm package ${name} does not load here: ${detail}`,
  package_not_unpacked: (p: { name: string; part: string; detail: string; megabytes: number; folder: string }) =>
    `cannot unpack ${p.name} (${p.part}): ${p.detail}; that folder must be writable, with ${p.megabytes} MB free: ${p.folder}`,
  software_gpu_missing: ({ name }: { name: string }) =>
    `no software GPU either: npm install ${name}, or a newer Vulkan driver`,
  software_gpu_not_made: ({ name, platform }: { name: string; platform: string }) =>
    `no software GPU either: install a newer Vulkan driver (${name} has none for ${platform})`,
  software_gpu_refused: ({ name }: { name: string }) => `the software GPU of ${name} does not start here`,
  graphics_driver: 'the graphics driver of this machine',
  software_driver: 'a software driver of this machine',
  vulkan_driver: ({ file }: { file: string }) => `the Vulkan driver ${file}`,
  packaged_driver: ({ name }: { name: string }) => `SwiftShader from ${name}`,
  chosen_browser_missing: ({ file }: { file: string }) =>
    `CHROME_PATH is ${file}, which is not a file that can be run; correct it or unset it`,
  browser_missing: ({ name, platform }: { name: string; platform: string }) =>
    `no Chrome, Chromium or Edge found, and ${name} is not installed or not made for ${platform}; set CHROME_PATH to a browser's executable`,
  browser_lacks_libraries: ({ name, names }: { name: string; names: readonly string[] }) =>
    `the Chromium in ${name} cannot run here, this machine lacks ${names.join(', ')}; set CHROME_PATH to an installed browser`,
};
