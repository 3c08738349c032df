/**
 * A command that waits at a point of its work until its test lets it go on: how fast the machine is, or how late the test
 * comes to it, decides nothing.
 */
import { existsSync, mkdtempSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asTerminal, folder, start } from './cli.ts';

/**
 * It has said something on standard error, a terminal; or has given a file in its folder a name that begins so; or one of its
 * processes that train has told the worker something of this kind.
 */
export type Point = { said: RegExp } | { named: string } | { told: 'progress' };

const patches = {
  // A line for a terminal is written anew some time after it was: here at each change.
  said: (words: RegExp) => `
    const date = Date.now;
    let looks = 0;
    Date.now = () => date() + 1000 * looks++;
    const write = process.stderr.write.bind(process.stderr);
    let said = '';
    process.stderr.write = (text, ...rest) => {
      const done = write(text, ...rest);
      said += text;
      if (${words}.test(said)) hold();
      return done;
    };`,
  named: (start: string) => `
    const rename = fs.renameSync;
    fs.renameSync = (from, to) => {
      rename(from, to);
      if (basename(to).startsWith(${JSON.stringify(start)})) hold();
    };
    syncBuiltinESMExports();`,
  // What is told once a second is told fifty times as often. The linear model of a fit is let through, and of its networks
  // there is something: an epoch of two folds.
  told: (kind: string) => `
    const send = process.send?.bind(process);
    if (send) {
      const [clock, every] = [performance.now.bind(performance), setInterval];
      performance.now = () => 50 * clock();
      globalThis.setInterval = (work, ms, ...rest) => every(work, ms / 50, ...rest);
      let pack;
      process.on('message', ({ request }) => {
        pack = request ? request.job.pack : pack;
      });
      process.send = (told, ...rest) => {
        const sent = send(told, ...rest);
        if (told.kind === ${JSON.stringify(kind)} && (pack === undefined || (pack > 0 && told.progress.epochs > 1))) hold();
        return sent;
      };
    }`,
};

function patchFor(point: Point): string {
  if ('said' in point) return patches.said(point.said);
  return 'named' in point ? patches.named(point.named) : patches.told(point.told);
}

/** In a process of the command. From the point on each look at the clock takes a second, so that other events get their turn. */
const program = (held: string, go: string, point: Point) => `
  import fs from 'node:fs';
  import { basename } from 'node:path';
  import { syncBuiltinESMExports } from 'node:module';
  let done = false;
  const parent = process.ppid;
  const hold = () => {
    if (done) return;
    done = true;
    let now = performance.now();
    performance.now = () => (now += 1000);
    fs.writeFileSync(${JSON.stringify(held)}, '');
    const cell = new Int32Array(new SharedArrayBuffer(4));
    // Nobody is left to let it go on where its parent was killed.
    while (!fs.existsSync(${JSON.stringify(go)}) && process.ppid === parent) Atomics.wait(cell, 0, 0, 5);
  };
  ${patchFor(point)}`;

export interface Hold {
  /** For Node. */
  option: string;
  /** Resolves when it waits there. */
  held: Promise<void>;
  /** Lets it go on. */
  release(): void;
}

export function holdAt(point: Point): Hold {
  const place = mkdtempSync(join(folder, 'hold-'));
  const [held, go] = [join(place, 'held'), join(place, 'go')];
  return {
    option: `--import=data:text/javascript,${encodeURIComponent(program(held, go, point))}`,
    held: new Promise((resolve) => {
      const watcher = watch(place, () => {
        if (!existsSync(held)) return;
        watcher.close();
        resolve();
      });
      watcher.unref();
    }),
    release: () => writeFileSync(go, ''),
  };
}

/** For Node: a clock on which an hour passes when the test says so. */
export function clockOfHours(): { option: string; pass(): void } {
  const passed = join(mkdtempSync(join(folder, 'clock-')), 'passed');
  const clock = `
    import { existsSync } from 'node:fs';
    const now = performance.now.bind(performance);
    performance.now = () => now() + (existsSync(${JSON.stringify(passed)}) ? 3_600_000 : 0);`;
  return {
    option: `--import=data:text/javascript,${encodeURIComponent(clock)}`,
    pass: () => writeFileSync(passed, ''),
  };
}

/** Starts the command, and sends it a signal at that point. @returns how it ends, be it without having come there */
export async function signalled(words: readonly string[], signal: NodeJS.Signals, point: Point) {
  const { option, held, release } = holdAt(point);
  const { child, ended } = start([...words], '', 'said' in point ? `${asTerminal} ${option}` : option);
  await Promise.race([held, ended]);
  child.kill(signal);
  release();
  return ended;
}
