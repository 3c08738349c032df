/**
 * Why this exists: WebGPU in Node is Dawn, from the npm package `webgpu`, and Dawn finds a GPU only where a Vulkan
 * loader and driver are installed. This file gives it one on any machine: the machine's own GPU where there is one,
 * else SwiftShader, the software driver that `@sparticuz/chromium` carries, found by handing Dawn that driver's
 * loader: once a library is in the process, a later request for its name gets it.
 *
 * What was found, with webgpu 0.6.2 on Linux:
 * - The object that `create()` returns must outlive every adapter and device made from it. Nothing in the package sees
 *   to that: once it is garbage, the next use of a device, or the exit of the process, aborts (SIGABRT or SIGSEGV).
 *   So it is kept on globalThis for good, even if this module is loaded twice.
 * - So kept, a process ends by itself with code 0, whether or not devices were destroyed; and process.exit(), a
 *   thrown error and Ctrl-C end it cleanly even while the GPU works. A program has nothing to do at its end. Pending
 *   mapAsync calls keep the process alive until they settle; device.destroy() rejects them at once.
 * - Worker threads get no adapter: their process.env is a copy that the Vulkan loader does not see. Fork instead.
 * - Dawn and the Vulkan loader write their warnings to the process's standard error, where nothing in Node can hold
 *   them back; so what is known to fail is not tried. Without a loader Dawn is not asked. The machine's drivers are
 *   tried first only where the kernel shows a graphics device, and then without lavapipe, which an Ubuntu or Debian
 *   desktop has beside the GPU's driver: an old one (Mesa 22) is refused with a warning, a new one is as much software
 *   as SwiftShader.
 */
import { readdirSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { machine } from '../messages/en/command-line/machine.ts';
import { saidBy } from '../util/errors.ts';
import { type Message, message, type Said } from '../util/message.ts';
import { isSoftwareAdapter } from '../util/software-adapter.ts';
import type { WebGpu } from '../util/webgpu.ts';
import { restWhileWaiting } from './dawn-rest.ts';
import { packageName, slowOnSwiftShader, unpack } from './unpack.ts';

/** A GPU of this process, or why there is none. */
export type Dawn =
  | {
      /** For `requestEngine`. */
      gpu: WebGpu;
      /** Whether it runs on the CPU. */
      software: boolean;
      /** Where it was found. */
      how: Message;
    }
  | {
      /** There is none. */
      gpu: undefined;
      /** Why, for `requestEngine`. */
      reason: Message;
    };

type Found = Extract<Dawn, { gpu: GPU }>;
type CreateGpu = (options: string[]) => GPU;

/** Not in Node's constants: the library stays although Node, which finds no add-on in it, closes it again. */
const keepLoaded = 0x1000; // RTLD_NODELETE of glibc and musl

/** The version that is tested here, for whom it is missing: package.json has it as an optional peer. */
const webgpuPackage = 'webgpu@0.6.2';

const kept = globalThis as typeof globalThis & { perceptronLabDawn?: Promise<Dawn> };

/** Which adapters will do. */
export interface DawnOptions {
  /**
   * Whether a software adapter will do, as it does unless false is given; else Dawn is not even loaded on a machine
   * without a graphics device.
   */
  software?: boolean;
}

/**
 * WebGPU for this process, by the package `webgpu`: the same answer at every call. WebGPU's globals (GPUBufferUsage and
 * its like) are there afterwards. It never throws: where there is no adapter, `reason` says why and how to get one.
 * @param options which adapters will do
 * @example
 * ```ts
 * const dawn = await requestDawn({ software: false });
 * const engine = await requestEngine({ ...dawn, calibration: calibrationFile() });
 * ```
 */
export async function requestDawn({ software = true }: DawnOptions = {}): Promise<Dawn> {
  if (!software && process.platform === 'linux' && !chosenDriver() && !hasGraphicsDevice()) {
    return { gpu: undefined, reason: message(machine, 'graphics_device_missing') };
  }
  kept.perceptronLabDawn ??= startDawn();
  return kept.perceptronLabDawn;
}

async function startDawn(): Promise<Dawn> {
  if (!isMainThread) {
    return { gpu: undefined, reason: message(machine, 'gpu_in_thread') };
  }
  let create: CreateGpu;
  try {
    const webgpu = await import('webgpu');
    create = webgpu.create;
    installGlobals(webgpu.globals);
    restWhileWaiting(webgpu.globals as { GPUBuffer: typeof GPUBuffer; GPUDevice: typeof GPUDevice });
  } catch (error) {
    return { gpu: undefined, reason: whyNotLoaded(error) };
  }

  // Metal and Direct3D are part of their systems: what Dawn finds there is what there is.
  if (process.platform !== 'linux') {
    const how = message(machine, 'graphics_driver');
    return (await tryGpu(create, how)) ?? { gpu: undefined, reason: message(machine, 'gpu_missing') };
  }

  const chosen = chosenDriver();
  const system = chosen || hasGraphicsDevice() ? await trySystem(create, chosen) : undefined;
  if (system && (chosen || !system.software)) return system;

  const carried = await trySwiftShader(create);
  if ('gpu' in carried) return carried;
  const last = chosen ? undefined : await tryGpu(create, message(machine, 'software_driver'));
  return last ?? { gpu: undefined, reason: message(machine, 'gpu_missing_twice', { why: carried.reason }) };
}

/** The driver that somebody names for the Vulkan loader, if anybody does. */
const chosenDriver = () => process.env.VK_DRIVER_FILES || process.env.VK_ICD_FILENAMES;

function whyNotLoaded(error: unknown): Message {
  const { code } = error as NodeJS.ErrnoException;
  const name = 'webgpu';
  if (code === 'ERR_MODULE_NOT_FOUND') return message(machine, 'package_missing', { name, version: webgpuPackage });
  if (code === 'MODULE_NOT_FOUND') {
    return message(machine, 'package_not_made', { name, platform: `${process.platform} ${process.arch}` });
  }
  return message(machine, 'package_not_loaded', { name, detail: firstLine(error) });
}

/** Dawn on the drivers that are installed, lavapipe left out unless it is asked for. */
function trySystem(create: CreateGpu, chosen: string | undefined): Promise<Found | undefined> {
  if (chosen) return tryGpu(create, message(machine, 'vulkan_driver', { file: chosen }));
  const disabled = process.env.VK_LOADER_DRIVERS_DISABLE;
  const variables = { VK_LOADER_DRIVERS_DISABLE: [disabled, '*lvp*'].filter(Boolean).join(',') };
  return withEnvironment(variables, () => tryGpu(create, message(machine, 'graphics_driver')));
}

/** Dawn on the driver that the package carries, or why it is not. */
async function trySwiftShader(create: CreateGpu): Promise<Found | { reason: Said }> {
  const name = packageName;
  let folder: string | undefined;
  try {
    folder = await unpack('swiftshader');
  } catch (error) {
    return { reason: saidBy(error) };
  }
  if (!folder) {
    const reason =
      process.arch === 'x64'
        ? message(machine, 'software_gpu_missing', { name })
        : message(machine, 'software_gpu_not_made', { name, platform: process.arch });
    return { reason };
  }
  loadLibrary(join(folder, 'libvulkan.so.1'));
  const driver = join(folder, 'vk_swiftshader_icd.json');
  // The old name of the variable, which every loader knows, and the new one, which outranks it.
  const variables = { VK_ICD_FILENAMES: driver, VK_DRIVER_FILES: driver };
  const options = [`disable-dawn-features=${slowOnSwiftShader}`];
  const found = await withEnvironment(variables, () =>
    tryGpu(create, message(machine, 'packaged_driver', { name }), options),
  );
  return found ?? { reason: message(machine, 'software_gpu_refused', { name }) };
}

/** Dawn reads these once, when it looks for adapters; a browser or process started later should not hear of them. */
async function withEnvironment<T>(variables: Record<string, string>, work: () => Promise<T>): Promise<T> {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  try {
    return await work();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

async function tryGpu(create: CreateGpu, how: Message, options: string[] = []): Promise<Found | undefined> {
  if (process.platform === 'linux' && !(await ensureLoader())) return undefined;
  const gpu = create(options);
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  return adapter ? { gpu, software: isSoftwareAdapter(adapter.info), how } : undefined;
}

/** What the kernel offers: DRM render nodes, NVIDIA's own devices, and Windows' GPU inside WSL. */
function hasGraphicsDevice(): boolean {
  return (
    list('/dev/dri').some((name) => name.startsWith('renderD')) ||
    list('/dev').some((name) => /^nvidia\d|^dxg$/.test(name))
  );
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Containers with a GPU often have its driver without a Vulkan loader; the package's loader finds such drivers too. */
async function ensureLoader(): Promise<boolean> {
  if (loadLibrary('libvulkan.so.1')) return true;
  const folder = await unpack('swiftshader').catch(() => undefined);
  return folder !== undefined && loadLibrary(join(folder, 'libvulkan.so.1'));
}

/** Brings a plain library into the process. Node then complains that it is no add-on: that is the sign of success. */
function loadLibrary(path: string): boolean {
  try {
    process.dlopen({ exports: {} }, path, constants.dlopen.RTLD_NOW | keepLoaded);
    return true;
  } catch (error) {
    return firstLine(error).includes('did not self-register');
  }
}

function installGlobals(globals: object): void {
  for (const [name, value] of Object.entries(globals)) {
    if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
}

function firstLine(error: unknown): string {
  return String((error as Error)?.message ?? error).split('\n')[0];
}
