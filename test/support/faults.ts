/**
 * How often a test provokes a fault: a few times in `npm test`, as often as docs/reliability.md says in `npm run faults`.
 * `FAULT_SEED` draws others; the seed is part of a failure's message.
 */
export const faultSeed = Number(process.env.FAULT_SEED ?? 10);

/** @param all when FAULTS is `all`; a number there is taken as it is */
export function times(few: number, all: number): number {
  const { FAULTS } = process.env;
  if (FAULTS === undefined) return few;
  return FAULTS === 'all' ? all : Number(FAULTS);
}
