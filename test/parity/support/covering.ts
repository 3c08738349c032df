/** As few cases as show everything that all of them show. */
import type { Case } from './cases.ts';

/** Entries of the tables in src/spec, kinds of layers, and what else a case asks for. */
function shownBy({ hidden, activation, output_activation = 'identity', loss, optimizer, ...others }: Case): string[] {
  const { added, numbers = {}, ...settings } = others;
  const names = [output_activation, loss, optimizer, ...(hidden.length > 0 ? [activation] : [])];
  return [...names, ...(added ? [added.kind] : []), ...Object.keys(numbers), ...Object.keys(settings)];
}

/** Again and again the case that shows most of what is not shown yet. */
export function covering(cases: Case[]): Case[] {
  const left = new Set(cases.flatMap(shownBy));
  const newIn = (problem: Case) => shownBy(problem).filter((name) => left.has(name)).length;
  const chosen: Case[] = [];
  while (left.size > 0) {
    const best = cases.reduce((best, other) => (newIn(other) > newIn(best) ? other : best));
    for (const name of shownBy(best)) left.delete(name);
    chosen.push(best);
  }
  return chosen;
}
