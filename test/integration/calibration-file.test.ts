/** The file that keeps measured choices: as a cache it may be missing, broken, raced for or forbidden, and nothing fails. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { transformWithOxc } from 'vite';
import { afterAll, describe, expect, it } from 'vitest';
import { calibrationFile, defaultPath } from '../../src/machine/calibration-file.ts';
import { hostTag } from '../../src/machine/processes.ts';

const scratch = mkdtempSync(join(tmpdir(), 'calibration-test-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let places = 0;
const newPath = () => join(scratch, String(places++), 'perceptron-lab', 'calibration.json');

describe('the file of choices', () => {
  it('gives back what was put in, in this process and the next', async () => {
    const path = newPath();
    const file = calibrationFile(path);
    expect(await file.get('plan')).toBeUndefined();
    expect(file.count()).toBe(0);
    await file.set('plan', '"resident"');
    await file.set('__proto__', '"odd"');
    await file.set('plan', '"layered"');
    const next = calibrationFile(path);
    expect(await next.get('plan')).toBe('"layered"');
    expect(await next.get('toString')).toBeUndefined();
    expect(next.count()).toBeGreaterThan(0);
    next.clear();
    expect(await calibrationFile(path).get('plan')).toBeUndefined();
    next.clear();
  });

  it('counts as empty when it is no file of ours, and is then replaced', async () => {
    const texts = fc.oneof(fc.string(), fc.json(), fc.constantFrom('{"plan":', '[1]', '{"plan":{"a":1}}'));
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const path = newPath();
        mkdirSync(join(path, '..'), { recursive: true });
        writeFileSync(path, text);
        const file = calibrationFile(path);
        expect(await file.get('plan')).toBeUndefined();
        await file.set('plan', '1');
        expect(await calibrationFile(path).get('plan')).toBe('1');
      }),
      { seed: 10 },
    );
  });

  it('rejects where its folder cannot be made, and says why once told', async () => {
    const path = newPath();
    mkdirSync(join(path, '..', '..'), { recursive: true });
    writeFileSync(join(path, '..'), 'a file where the folder should be');
    const file = calibrationFile(path);
    await expect(file.get('plan')).rejects.toThrow('ENOTDIR');
    await expect(file.set('plan', '1')).rejects.toThrow(/EEXIST|ENOTDIR/);
    expect(file.problem).toBeUndefined();
    file.failed(new Error('ENOTDIR: not a directory\n  at somewhere'));
    expect(file.problem).toBe('ENOTDIR: not a directory');
  });

  it('leaves nothing of a process that was killed while it wrote', async () => {
    const path = newPath();
    await calibrationFile(path).set('plan', '1');
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    writeFileSync(join(path, '..', `.calibration.json.${hostTag}-${pid}-00000000.tmp`), 'half');
    await calibrationFile(path).set('plan', '2');
    expect(readdirSync(join(path, '..'))).toEqual(['calibration.json']);
  });

  it('keeps the newest thousand', async () => {
    const path = newPath();
    mkdirSync(join(path, '..'), { recursive: true });
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`old ${i}`, '1']));
    writeFileSync(path, JSON.stringify(many));
    await calibrationFile(path).set('new', '2');
    const kept = JSON.parse(readFileSync(path, 'utf8'));
    expect(Object.keys(kept)).toHaveLength(1000);
    expect(kept).not.toHaveProperty('old 0');
    expect(kept).toHaveProperty('old 1');
    expect(await calibrationFile(path).get('new')).toBe('2');
  });

  it('is whole whenever it is read, however many processes write', async () => {
    const path = newPath();
    const enough = `${path}.enough`;
    for (const name of ['calibration-file', 'whole-file', 'disk', 'processes']) {
      const source = join(import.meta.dirname, '..', '..', 'src', 'machine', `${name}.ts`);
      const { code } = await transformWithOxc(readFileSync(source, 'utf8'), source);
      writeFileSync(join(scratch, `${name}.mjs`), code.replaceAll(/(from "\.\/.*)\.ts"/g, '$1.mjs"'));
    }
    // Writes until enough was read, and then all its keys once more.
    const program =
      `import { existsSync } from 'node:fs';` +
      `import { calibrationFile } from './calibration-file.mjs';` +
      `const [, path, name, enough] = process.argv;` +
      `const file = calibrationFile(path);` +
      `for (let i = 0, left = 60; left > 0; i++) {` +
      `  const last = existsSync(enough);` +
      `  if (last) left -= 1;` +
      `  await file.set(name + (i % 60), last ? 'last' : String(i));` +
      `}`;
    const writers = ['a', 'b', 'c'].map(
      (name) =>
        new Promise<number | null>((resolve) => {
          const words = ['--input-type=module', '-e', program, path, name, enough];
          spawn(process.execPath, words, { cwd: scratch, stdio: 'inherit' }).on('close', resolve);
        }),
    );
    let running = true;
    const ended = Promise.all(writers).finally(() => {
      running = false;
    });
    const seen = new Set<string>();
    while (running && seen.size < 200) {
      if (existsSync(path)) seen.add(readFileSync(path, 'utf8'));
      await new Promise((resolve) => setImmediate(resolve));
    }
    writeFileSync(enough, '');
    expect(await ended).toEqual([0, 0, 0]);
    expect(seen.size).toBe(200);
    for (const text of seen) expect(() => JSON.parse(text)).not.toThrow();
    // The last to write has all its own in the file.
    const file = calibrationFile(path);
    const whole = await Promise.all(
      ['a', 'b', 'c'].map(async (name) =>
        (await Promise.all(Array.from({ length: 60 }, (_, i) => file.get(name + i)))).every(
          (value) => value === 'last',
        ),
      ),
    );
    expect(whole).toContain(true);
    rmSync(enough);
    expect(readdirSync(join(path, '..'))).toEqual(['calibration.json']);
  });
});

describe('its place', () => {
  it.each<[NodeJS.Platform, NodeJS.ProcessEnv, string]>([
    ['linux', {}, join('home', '.cache')],
    ['linux', { XDG_CACHE_HOME: 'cache' }, 'cache'],
    ['darwin', { XDG_CACHE_HOME: 'cache' }, join('home', 'Library', 'Caches')],
    ['win32', { LOCALAPPDATA: 'local' }, 'local'],
    ['win32', {}, join('home', 'AppData', 'Local')],
  ])('follows the customs of %s with %j', (platform, env, folder) => {
    expect(defaultPath(platform, env, 'home')).toBe(join(folder, 'perceptron-lab', 'calibration.json'));
  });
});
