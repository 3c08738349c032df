/** Clocks may go on while a machine sleeps: of what takes seconds at most, no more counts than a minute. */
export function awakeMs(passed: number): number {
  return Math.min(passed, 60_000);
}
