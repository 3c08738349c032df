/** Which processes of this machine still run, for files that say whose they are. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** A folder may be shared by machines, whose processes have the same numbers. */
export const hostTag = createHash('sha256').update(hostname()).digest('hex').slice(0, 6);

/** @param start what `startOf` said of it, as numbers are given again */
export function isRunning(pid: number, start?: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const now = statusOf(pid);
  if (now === undefined) return true;
  // A zombie has ended, and its parent has not asked yet.
  return now.state !== 'Z' && (start === undefined || start === now.start);
}

/** When a process began, in a form to be compared; undefined where the system does not say. */
export function startOf(pid: number): string | undefined {
  return statusOf(pid)?.start;
}

/** On Linux. */
function statusOf(pid: number): { state: string; start: string } | undefined {
  let line: string;
  try {
    line = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // After the name, which may hold anything.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0], start: fields[19] };
}
