import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { browserArguments, browserVersion, findBrowser, missingLibraries } from '../../src/machine/browser.ts';
import { requestDawn } from '../../src/machine/dawn.ts';
import { unpack } from '../../src/machine/unpack.ts';

const root = join(import.meta.dirname, '..', '..');
const scratch = mkdtempSync(join(tmpdir(), 'machine-test-'));
const packaged = process.platform === 'linux' && process.arch === 'x64';

afterAll(() => rmSync(scratch, { recursive: true, force: true }));
afterEach(() => vi.unstubAllEnvs());

describe('findBrowser', () => {
  it('finds a browser that can be run', async () => {
    vi.stubEnv('CHROME_PATH', '');
    const browser = await findBrowser();
    expect(['installed', 'package']).toContain(browser.source);
    accessSync(browser.executablePath, constants.X_OK);
    for (const path of Object.values(browser.env)) expect(existsSync(path.split(':')[0])).toBe(true);
  });

  it('takes CHROME_PATH before anything else', async () => {
    vi.stubEnv('CHROME_PATH', process.execPath);
    expect(await findBrowser()).toEqual({ executablePath: process.execPath, env: {}, source: 'CHROME_PATH' });
  });

  it('says in one line that CHROME_PATH is wrong', async () => {
    vi.stubEnv('CHROME_PATH', '/nowhere/chrome');
    await expect(findBrowser()).rejects.toThrow(/^CHROME_PATH is \/nowhere\/chrome, .*correct it or unset it$/);
  });

  it('does not take a folder for a browser', async () => {
    vi.stubEnv('CHROME_PATH', scratch);
    await expect(findBrowser()).rejects.toThrow('CHROME_PATH');
  });

  it('passes over a stub on the PATH that only asks for a snap', async () => {
    const folder = mkdtempSync(join(scratch, 'path-'));
    const stub = join(folder, 'google-chrome-stable');
    writeFileSync(stub, '#!/bin/sh\necho "requires the chromium snap to be installed" >&2; exit 1\n', { mode: 0o755 });
    vi.stubEnv('CHROME_PATH', '');
    vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
    expect((await findBrowser()).executablePath).not.toBe(stub);
  });

  it('gives each flag once, as Chromium keeps only the last of two', () => {
    const names = browserArguments.map((flag) => flag.split('=')[0]);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('what programs print', () => {
  it('tells missing libraries from found ones', () => {
    const output = [
      '\tlinux-vdso.so.1 (0x00007f0b022de000)',
      '\tlibnspr4.so => not found',
      '\tlibnss3.so => not found',
      '\tlibm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x00007f0af61c7000)',
      '\tlibnss3.so => not found',
      '\t/lib64/ld-linux-x86-64.so.2 (0x00007f0b022e0000)',
    ].join('\n');
    expect(missingLibraries(output)).toEqual(['libnspr4.so', 'libnss3.so']);
  });

  it('tells a C library that is too old', () => {
    const output =
      "./chromium: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found (required by ./chromium)";
    expect(missingLibraries(output)).toEqual(['GLIBC_2.34']);
  });

  it('finds nothing missing in a whole list, or in none', () => {
    expect(missingLibraries('\tlibm.so.6 => /lib/libm.so.6 (0x00007f0af61c7000)\n')).toEqual([]);
    expect(missingLibraries('\tnot a dynamic executable\n')).toEqual([]);
  });

  it('reads a browser version', () => {
    expect(browserVersion('Google Chrome 147.0.7727.55 \n')).toBe(147);
    expect(browserVersion('Chromium 99.0.4844.51 built on Debian')).toBe(99);
    expect(browserVersion('command not found')).toBe(0);
  });
});

describe.runIf(packaged)('unpack', () => {
  /** A process that has loaded unpack.ts and waits to be told to go; it prints the folder that it got. */
  async function unpacker(cache: string): Promise<ChildProcess> {
    const code = `
      import { runnerImport } from 'vite';
      const { module } = await runnerImport(${JSON.stringify(join(root, 'src/machine/unpack.ts'))});
      process.once('message', async () => {
        process.send(await module.unpack('swiftshader', ${JSON.stringify(cache)}).catch((error) => error.message));
        process.disconnect();
      });
      process.send('ready');`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    await once(child, 'message');
    return child;
  }

  function expectWhole(folder: string | undefined) {
    const sizes = { 'libvulkan.so.1': 500_000, 'libvk_swiftshader.so': 5_000_000, 'vk_swiftshader_icd.json': 50 };
    for (const [name, size] of Object.entries(sizes)) {
      expect(statSync(join(folder ?? '', name)).size, name).toBeGreaterThan(size);
    }
  }

  it('leaves one whole copy when processes race', async () => {
    const cache = join(scratch, 'race', 'deep');
    const children = await Promise.all([unpacker(cache), unpacker(cache), unpacker(cache)]);
    const answers = children.map((child) => once(child, 'message').then(([folder]) => folder as string));
    for (const child of children) child.send('go');
    const folders = await Promise.all(answers);
    expect(new Set(folders).size).toBe(1);
    expect(readdirSync(cache)).toEqual([folders[0].slice(cache.length + 1)]);
    expectWhole(folders[0]);
  });

  it('starts anew beside what a killed process left, and leaves that alone while it may still live', async () => {
    const cache = join(scratch, 'killed');
    mkdirSync(join(cache, 'unpacking-abcdef'), { recursive: true });
    writeFileSync(join(cache, 'unpacking-abcdef', 'libvulkan.so.1'), 'half');
    expectWhole(await unpack('swiftshader', cache));
    expect(readdirSync(cache)).toHaveLength(2);
  });

  it('says in one line that it cannot write', async () => {
    const file = join(scratch, 'a-file');
    writeFileSync(file, '');
    await expect(unpack('swiftshader', join(file, 'cache'))).rejects.toThrow(
      /^cannot unpack @sparticuz\/chromium \(swiftshader\): ENOTDIR.*must be writable, with 15 MB free.*$/,
    );
  });
});

describe('requestDawn', () => {
  it('gives an adapter that computes', async () => {
    const environment = { ...process.env };
    const dawn = await requestDawn();
    if (!dawn.gpu) throw new Error(dawn.reason.text);
    expect(process.env).toEqual(environment);
    expect(await requestDawn()).toBe(dawn);

    const adapter = await dawn.gpu.requestAdapter();
    const device = await adapter!.requestDevice();
    const squares = await computeSquares(device);
    device.destroy();
    expect(squares).toEqual(Float32Array.from({ length: 64 }, (_, i) => i * i));
  });

  it('says why a worker thread gets none', async () => {
    const worker = new Worker(
      `import { runnerImport } from 'vite';
       import { parentPort } from 'node:worker_threads';
       const { module } = await runnerImport(${JSON.stringify(join(root, 'src/machine/dawn.ts'))});
       parentPort.postMessage(await module.requestDawn());`,
      { eval: true },
    );
    const [answer] = await once(worker, 'message');
    expect(answer).toEqual({
      gpu: undefined,
      reason: expect.objectContaining({ text: expect.stringContaining('forked process') }),
    });
    await worker.terminate();
  });
});

async function computeSquares(device: GPUDevice): Promise<Float32Array> {
  const code = `@group(0) @binding(0) var<storage, read_write> squares: array<f32>;
    @compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) { squares[id.x] = f32(id.x * id.x); }`;
  const pipeline = device.createComputePipeline({
    layout: 'auto',
    compute: { module: device.createShaderModule({ code }) },
  });
  const squares = device.createBuffer({ size: 256, usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC });
  const copy = device.createBuffer({ size: 256, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(
    0,
    device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: [{ binding: 0, resource: { buffer: squares } }],
    }),
  );
  pass.dispatchWorkgroups(1);
  pass.end();
  encoder.copyBufferToBuffer(squares, 0, copy, 0, 256);
  device.queue.submit([encoder.finish()]);
  await copy.mapAsync(GPUMapMode.READ);
  return new Float32Array(copy.getMappedRange().slice(0));
}
