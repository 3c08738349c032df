/**
 * Why this exists: `@sparticuz/chromium` brings a browser and a software GPU to a bare Linux machine, but packed,
 * and its own unpacking goes to /tmp, believes any file it finds there, and fetches everything or nothing.
 * This file unpacks the same archives into `node_modules/.cache/perceptron-lab/`, in two units:
 *
 *   swiftshader  a Vulkan driver in software and its loader: all that Dawn needs; 15 MB, a tenth of a second
 *   chromium     the browser with the same driver, fonts and libraries: 215 MB, a few seconds
 *
 * A unit is unpacked beside its final place, flushed to disk, and then renamed into it. So a unit that is there is
 * whole, however many processes race and wherever one of them is killed; the loser of a race deletes its own copy.
 * `npm ci` empties the cache with node_modules. On anything but Linux x64 there is nothing to unpack.
 */
import { createReadStream, createWriteStream, existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { machine } from '../messages/en/command-line/machine.ts';
import { RunError } from '../util/errors.ts';
import { message } from '../util/message.ts';

export type Unit = 'swiftshader' | 'chromium';

export const packageName = '@sparticuz/chromium';

/**
 * A Dawn feature to switch off: with it, SwiftShader clears workgroup memory by one instruction per number and takes
 * seconds to compile a kernel that has much of it. Without it, Dawn writes a loop.
 */
export const slowOnSwiftShader = 'use_vulkan_zero_initialize_workgroup_memory_extension';

const megabytes: Record<Unit, number> = { swiftshader: 15, chromium: 216 };

/** Long enough that no living process is still writing to it, on this machine or in a container sharing the folder. */
const abandonedAfterMs = 60 * 60 * 1000;

/**
 * The font configuration in the package names /tmp/fonts and Lambda's folders; this one names its neighbours.
 * `relative` is relative to this file, so that the cache may move with the checkout.
 */
const fontConfiguration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <dir prefix="xdg">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

interface Package {
  version: string;
  archives: string;
  /** Where its units are unpacked to, unless a caller says otherwise. */
  cache: string;
  /** The tar reader that the package itself depends on: ours to use through the package, not to import. */
  untar: (folder: string) => Writable;
}

/** The package as installed beside this module, or undefined where it is not, or holds nothing for this machine. */
function findPackage(): Package | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(packageName);
  } catch {
    return undefined;
  }
  let root = dirname(entry);
  while (!existsSync(join(root, 'bin')) && root !== dirname(root)) root = dirname(root);
  const archives = join(root, 'bin');
  if (!existsSync(join(archives, 'chromium.br'))) return undefined;
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const { extract } = createRequire(entry)('tar-fs') as {
    extract(folder: string, options: { chown: boolean }): Writable;
  };
  return {
    version,
    archives,
    cache: join(root, '..', '..', '.cache', 'perceptron-lab'),
    // The archives carry their makers' user ids, which mean nothing here.
    untar: (folder) => extract(folder, { chown: false }),
  };
}

/**
 * The folder that holds a unit, unpacked now if it was not before; undefined where the package is not installed or
 * not made for this machine. Throws one line when there is no room or no right to write.
 *
 * In it: `libvulkan.so.1`, `libvk_swiftshader.so`, `vk_swiftshader_icd.json`; for `chromium` also `chromium`,
 * `fonts/fonts.conf` and `al2023/lib/`.
 */
export async function unpack(unit: Unit, cache?: string): Promise<string | undefined> {
  const source = findPackage();
  if (!source) return undefined;
  const parent = cache ?? source.cache;
  const folder = join(parent, `${unit}-${source.version}`);
  if (existsSync(folder)) return folder;

  let partial: string | undefined;
  try {
    await mkdir(parent, { recursive: true });
    await removeAbandoned(parent);
    partial = await mkdtemp(join(parent, 'unpacking-'));
    await fill(partial, unit, source);
    await flush(partial);
    await chmod(partial, 0o755); // mkdtemp made it for this user alone; root may unpack what others run
    await moveIntoPlace(partial, folder);
    return folder;
  } catch (error) {
    // A failed clean-up must not hide why unpacking failed; what it leaves is removed as abandoned another day.
    if (partial) await rm(partial, { recursive: true, force: true }).catch(() => {});
    const cause = (error as Error).message.split('\n')[0];
    const said = { name: packageName, part: unit, detail: cause, megabytes: megabytes[unit], folder: parent };
    const failed = new RunError(message(machine, 'package_not_unpacked', said));
    failed.cause = error;
    throw failed;
  }
}

/** The variables under which another process finds SwiftShader, and no other driver; none where there is none for it. */
export async function swiftShaderVariables(): Promise<Record<string, string>> {
  const folder = await unpack('swiftshader');
  if (!folder) return {};
  const driver = join(folder, 'vk_swiftshader_icd.json');
  return { VK_ICD_FILENAMES: driver, VK_DRIVER_FILES: driver, LD_LIBRARY_PATH: folder };
}

async function fill(folder: string, unit: Unit, source: Package): Promise<void> {
  const archive = (name: string) => createReadStream(join(source.archives, name));
  const untar = (name: string, into: string) => pipeline(archive(name), createBrotliDecompress(), source.untar(into));
  await untar('swiftshader.tar.br', folder);
  if (unit === 'swiftshader') return;
  await untar('al2023.tar.br', join(folder, 'al2023'));
  await untar('fonts.tar.br', join(folder, 'fonts'));
  await writeFile(join(folder, 'fonts', 'fonts.conf'), fontConfiguration);
  const chromium = createWriteStream(join(folder, 'chromium'), { mode: 0o755 });
  await pipeline(archive('chromium.br'), createBrotliDecompress({ chunkSize: 1 << 20 }), chromium);
}

/** Without this a power cut soon after the rename can leave the folder with empty files in it. */
async function flush(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = await open(join(entry.parentPath, entry.name), 'r');
    await file.sync().finally(() => file.close());
  }
}

async function moveIntoPlace(partial: string, folder: string): Promise<void> {
  try {
    await rename(partial, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    await rm(partial, { recursive: true, force: true }); // another process was first, and its copy is as good
  }
}

async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.startsWith('unpacking-')) continue;
    const path = join(parent, name);
    const touched = await stat(path).catch(() => undefined);
    if (!touched || Date.now() - touched.mtimeMs < abandonedAfterMs) continue;
    await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}
