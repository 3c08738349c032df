/**
 * A command that waits at a point of its work until its test lets it go on: how fast the machine is, or how late the test
 * comes to it, decides nothing.
 */
import { existsSync, mkdtempSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asTerminal, folder, start } from './cli.ts';

/** It has said something on standard error, a terminal; or has given a file in its folder a name that begins so. */
export type Point = { said: RegExp } | { named: string };

/** In the command's process. From the point on each look at the clock takes a second, so that other events get their turn. */
const program = (place: string, point: Point) => `
  import fs from 'node:fs';
  import { basename } from 'node:path';
  import { syncBuiltinESMExports } from 'node:module';
  let held = false;
  const hold = () => {
    if (held) return;
    held = true;
    let now = performance.now();
    performance.now = () => (now += 1000);
    fs.writeFileSync(${JSON.stringify(join(place, 'held'))}, '');
    const cell = new Int32Array(new SharedArrayBuffer(4));
    while (!fs.existsSync(${JSON.stringify(join(place, 'go'))})) Atomics.wait(cell, 0, 0, 5);
  };
  ${
    'said' in point
      ? `
  // A line for a terminal is written anew some time after it was: here at each change.
  const date = Date.now;
  let looks = 0;
  Date.now = () => date() + 1000 * looks++;
  const write = process.stderr.write.bind(process.stderr);
  let said = '';
  process.stderr.write = (text, ...rest) => {
    const done = write(text, ...rest);
    said += text;
    if (${point.said}.test(said)) hold();
    return done;
  };`
      : `
  const rename = fs.renameSync;
  fs.renameSync = (from, to) => {
    rename(from, to);
    if (basename(to).startsWith(${JSON.stringify(point.named)})) hold();
  };
  syncBuiltinESMExports();`
  }`;

/** Starts the command, and sends it a signal at that point. @returns how it ends, be it without having come there */
export async function signalled(words: readonly string[], signal: NodeJS.Signals, point: Point) {
  const place = mkdtempSync(join(folder, 'hold-'));
  const held = new Promise<void>((resolve) => {
    const watcher = watch(place, () => {
      if (!existsSync(join(place, 'held'))) return;
      watcher.close();
      resolve();
    });
    watcher.unref();
  });
  const option = `--import=data:text/javascript,${encodeURIComponent(program(place, point))}`;
  const { child, ended } = start([...words], '', 'said' in point ? `${asTerminal} ${option}` : option);
  await Promise.race([held, ended]);
  child.kill(signal);
  writeFileSync(join(place, 'go'), '');
  return ended;
}
