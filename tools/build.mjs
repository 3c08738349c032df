/**
 * Builds what the sources make, if that has not been done: `node tools/build.mjs cli lab library` prints the folder of
 * each. With `--copy` each is also copied to `dist/NAME`, which is what the package publishes.
 *
 * A build lies in `dist/builds/HASH/NAME`, where HASH is that of everything a build is made from. It is made in a folder
 * of its own and renamed into place: a build that is there is whole, however many processes race. Another state of the
 * sources has another folder, so a process that is still running finds its chunks; who uses a build leaves its process id in it.
 */
import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const builds = join(root, 'dist', 'builds');
const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');

const sources = [
  'src',
  'shaders',
  'tools',
  'data',
  'docs',
  'public',
  'index.html',
  'vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.types.json',
];

/** What vite calls each build. */
const modes = { lab: 'production', cli: 'cli', library: 'library', site: 'site' };

/** Builds that lie within another, and where. */
const within = { lab: { docs: 'site' } };

/** Long enough that no build is still being made, and that whoever was told of a build has started to use it. */
const abandonedAfterMs = 60 * 60 * 1000;

/** The folder of a build, made now if it was not before. */
export async function built(name) {
  const hash = hashOfSources();
  const folder = join(builds, hash, name);
  const lock = `${folder}.lock`;
  mkdirSync(dirname(folder), { recursive: true });
  while (!existsSync(folder)) {
    if (!take(lock)) {
      await wait(50);
      continue;
    }
    try {
      await make(name, folder);
    } finally {
      rmSync(lock, { force: true });
    }
    // Sources that were saved meanwhile may or may not be in it.
    if (hashOfSources() !== hash) {
      rmSync(folder, { recursive: true, force: true });
      return built(name);
    }
    removeUnused(hash);
  }
  const now = new Date();
  utimesSync(dirname(folder), now, now);
  return folder;
}

/** Keeps a build from being removed while this process lives. */
export function hold(folder) {
  const file = join(dirname(folder), `${process.pid}.pid`);
  writeFileSync(file, '');
  process.on('exit', () => rmSync(file, { force: true }));
}

function hashOfSources() {
  const hash = createHash('sha256');
  for (const source of sources) {
    const path = join(root, source);
    const files = statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
          .sort()
      : [path];
    for (const file of files)
      hash
        .update(`${file.slice(root.length)}\0`)
        .update(readFileSync(file))
        .update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

/** Whether this process is the one to build. The lock saves work and no more: two that build at once do no harm. */
function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  try {
    const abandoned = Date.now() - statSync(lock).mtimeMs > abandonedAfterMs;
    const owner = Number(readFileSync(lock, 'utf8'));
    if (abandoned || (owner > 0 && !isAlive(owner))) rmSync(lock, { force: true });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error; // its owner is done
  }
  return false;
}

async function make(name, folder) {
  if (!existsSync(vite)) throw new Error(`${vite} is missing; run npm ci first.`);
  const partial = join(builds, `building-${randomUUID()}`);
  const words = ['build', '--mode', modes[name], '--outDir', partial, '--logLevel', 'error'];
  try {
    const child = spawn(process.execPath, [vite, ...words], {
      cwd: root,
      // A test runner's NODE_ENV would make another build.
      env: { ...process.env, NODE_ENV: 'production' },
      // Standard output belongs to the command that is built.
      stdio: ['ignore', 2, 2],
    });
    const ended = new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    const parts = Object.entries(within[name] ?? {}).map(async ([folder, part]) => [folder, await built(part)]);
    const [code, ...made] = await Promise.all([ended, ...parts]);
    if (code !== 0) throw new Error(`The build of ${name} failed.`);
    for (const [folder, part] of made) cpSync(part, join(partial, folder), { recursive: true });
    renameSync(partial, folder);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // else another process was first, and its build is as good
  }
}

function removeUnused(current) {
  for (const name of readdirSync(builds)) {
    const folder = join(builds, name);
    const used = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (name === current || Date.now() - used < abandonedAfterMs) continue;
    const held = readdirSync(folder).some((file) => file.endsWith('.pid') && isAlive(Number.parseInt(file, 10)));
    if (!held) rmSync(folder, { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const copies = process.argv.includes('--copy');
  for (const name of process.argv.slice(2).filter((word) => word !== '--copy')) {
    const folder = await built(name);
    console.log(folder);
    if (!copies) continue;
    const target = join(root, 'dist', name);
    rmSync(target, { recursive: true, force: true });
    cpSync(folder, target, { recursive: true });
  }
}
