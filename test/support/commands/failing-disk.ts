/** Lets the functions that write to the disk fail, one call after another. */
import fc from 'fast-check';
import { vi } from 'vitest';
import { type Disk, disk } from '../../../src/machine/disk.ts';
import { faultSeed } from '../faults.ts';

/** What fails: the code of the error, or `short` for a disk that takes half of what it is given and then is full. */
export type Fault = 'ENOSPC' | 'EIO' | 'short';

/** Stands for a process that was killed. */
export class Killed extends Error {}

type Call = { name: keyof Disk; path: string };
type Functions = Record<keyof Disk, (...given: unknown[]) => unknown>;

/**
 * @param fails asked before each call, which is counted from 0; `short` for a write alone
 * @returns the calls that were made
 */
export async function withDisk<Result>(
  fails: (call: Call, number: number) => Error | 'short' | undefined,
  work: () => Promise<Result>,
): Promise<{ result: Result; calls: Call[] }> {
  const calls: Call[] = [];
  const paths = new Map<number, string>();
  const spies = (Object.keys(disk) as (keyof Disk)[]).map((name) => {
    const real = (disk as unknown as Functions)[name];
    return vi.spyOn(disk as unknown as Functions, name).mockImplementation((...given) => {
      const path = typeof given[0] === 'number' ? (paths.get(given[0]) ?? '') : String(given[0]);
      const call = { name, path };
      const fault = fails(call, calls.length);
      calls.push(call);
      if (fault === 'short')
        return real(given[0], (given[1] as Uint8Array).subarray(0, Math.ceil((given[1] as Uint8Array).length / 2)));
      if (fault) {
        // The descriptor of a process that ends is closed.
        if (name === 'close') real(...given);
        throw fault;
      }
      const result = real(...given);
      if (name === 'open') paths.set(result as number, path);
      return result;
    });
  });
  try {
    return { result: await work(), calls };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

export function systemError(code: string, { name, path }: Call): Error {
  return Object.assign(new Error(`${code}: provoked, ${name} '${path}'`), { code, syscall: name });
}

/** What the issue lets fail. */
export const isFaulty = ({ name }: Call) => name === 'write' || name === 'fsync' || name === 'rename';

/**
 * Faults of a disk from one call on: that call alone, or all that follow within a folder too.
 * @param at which of the calls that may fail
 */
export function faultAt(at: number, fault: Fault, lasting: (path: string) => boolean = () => false) {
  let number = -1;
  let begun = false;
  return (call: Call): Error | 'short' | undefined => {
    if (!isFaulty(call)) return undefined;
    number += 1;
    if (number === at && fault === 'short' && call.name === 'write') {
      begun = true;
      return 'short';
    }
    const now = number === at || (fault === 'short' && begun && number === at + 1);
    if (now || (number > at && lasting(call.path))) return systemError(fault === 'EIO' ? 'EIO' : 'ENOSPC', call);
    return undefined;
  };
}

export interface FaultCase {
  /** Which of the calls that may fail. */
  at: number;
  fault: Fault;
  lasting: 'alone' | 'in out' | 'everywhere';
  within: (path: string) => boolean;
  /** Whether there is something to write over. */
  over: boolean;
}

const reach: Record<FaultCase['lasting'], (path: string) => boolean> = {
  alone: () => false,
  'in out': (path) => /^out(\/|$)/.test(path),
  everywhere: () => true,
};

/** So many of all cases, in an order that the seed gives. */
export function faultCases(points: number, count: number): FaultCase[] {
  const all: FaultCase[] = [];
  for (let at = 0; at < points; at++) {
    for (const fault of ['ENOSPC', 'EIO', 'short'] as const) {
      for (const lasting of ['alone', 'in out', 'everywhere'] as const) {
        for (const over of [false, true]) all.push({ at, fault, lasting, within: reach[lasting], over });
      }
    }
  }
  const order = fc.shuffledSubarray(all, { minLength: all.length });
  return fc.sample(order, { seed: faultSeed, numRuns: 1 })[0].slice(0, count);
}
