/**
 * How a claim about means becomes a verdict. Two means differ when Welch's t-test (Welch 1947: unequal variances) says so at
 * 95 %, each comparison by itself; one seed a cell says nothing.
 */
import type { SaidCheck } from '../messages/en/command-line/findings.ts';
import { inEnglish, type Message } from '../util/message.ts';
import type { Spread } from '../util/statistics/statistics.ts';
import { tQuantile } from '../util/statistics/statistics.ts';
import type { Check, Finding, Verdict } from './report.ts';

/** How a compares with b; `unclear` where chance could have made the difference, or where there is a NaN. */
export function compared(a: Spread, b: Spread): 'lower' | 'higher' | 'unclear' {
  return signOf(a.mean - b.mean, [a, b]);
}

/** The sign of a sum or difference of means: `spreads` are those that it is made of. */
export function signOf(difference: number, spreads: readonly Spread[]): 'lower' | 'higher' | 'unclear' {
  const known = Number.isFinite(difference) && difference !== 0 && spreads.every(({ n, sd }) => n > 1 && sd >= 0);
  if (!known) return 'unclear';
  const parts = spreads.map(({ n, sd }) => ({ variance: sd ** 2 / n, n }));
  const variance = parts.reduce((sum, part) => sum + part.variance, 0);
  if (Math.abs(difference) <= tQuantile(0.975, freedomOf(parts, variance)) * Math.sqrt(variance)) return 'unclear';
  return difference < 0 ? 'lower' : 'higher';
}

/** Welch & Satterthwaite, rounded down to a whole number, which is on the safe side. */
function freedomOf(parts: readonly { variance: number; n: number }[], variance: number): number {
  if (variance === 0) return 1;
  const freedom = variance ** 2 / parts.reduce((sum, part) => sum + part.variance ** 2 / (part.n - 1), 0);
  return Math.max(1, Math.floor(freedom));
}

/**
 * *holds* where every check says yes; *does not hold* where none does and half of them or more say no; *depends* otherwise,
 * be it that cases differ or that they cannot be told apart.
 */
export function verdictOf(checks: readonly Pick<Check, 'outcome'>[]): Verdict {
  const count = (outcome: Check['outcome']) => checks.filter((check) => check.outcome === outcome).length;
  if (checks.length > 0 && count('yes') === checks.length) return 'holds';
  const against = count('yes') === 0 && count('no') > 0 && 2 * count('no') >= checks.length;
  return against ? 'does not hold' : 'depends';
}

/** Whether the claim "a is lower than b" is borne out. */
export function lower(a: Spread, b: Spread): Check['outcome'] {
  return { lower: 'yes', higher: 'no', unclear: 'unclear' }[compared(a, b)] as Check['outcome'];
}

/** A finding in English, with its messages beside it. */
export function findingOf({
  id,
  verdict,
  checks,
  ...said
}: Pick<Finding, 'id' | 'verdict'> &
  Record<'claim' | 'criterion' | 'numbers', Message> & { checks: readonly SaidCheck[] }): Finding {
  const { claim, criterion, numbers } = said;
  return {
    id,
    claim: claim.text,
    verdict,
    numbers: numbers.text,
    criterion: criterion.text,
    checks: checks.map(checkOf),
    said,
  };
}

export function checkOf({ name, outcome, numbers }: SaidCheck): Check {
  return { name: inEnglish(name), outcome, numbers: inEnglish(numbers) };
}
