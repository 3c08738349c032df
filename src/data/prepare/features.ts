/** The features that steps of preparation make: how many, what each is called, and which of them a category's cell has. */
import type { FeatureStep } from './dataset.ts';
import { numericNames, numericWidth } from './numeric.ts';

/** The name of each feature of a step, in their order. */
export function featureNames(step: FeatureStep): string[] {
  const { column } = step;
  switch (step.kind) {
    case 'number':
      return [...numericNames(step), ...(step.missing.indicator ? [`${column} is missing`] : [])];
    case 'date':
      return [
        ...numericNames(step),
        ...(step.missing.indicator ? [`${column} is missing`] : []),
        ...step.cycles.flatMap((cycle) => [`${column}, sine of the ${cycle}`, `${column}, cosine of the ${cycle}`]),
      ];
    case 'category':
      return [...step.levels, ...(step.other ? ['other'] : [])].map((level) => `${column} = ${level}`);
    case 'boolean':
      return [column];
  }
}

/** Which features are numbers or dates, rather than 0 or 1 or pieces of numbers. */
export function numberFeatures(steps: readonly FeatureStep[]): number[] {
  let at = 0;
  return steps.flatMap((step) => {
    const first = at;
    at += featureWidth(step);
    return 'encoding' in step && step.encoding.kind !== 'piecewise_linear' ? [first] : [];
  });
}

export function featureCount(steps: readonly FeatureStep[]): number {
  return steps.reduce((count, step) => count + featureWidth(step), 0);
}

/** As many as it has names, which take memory where there are many. */
export function featureWidth(step: FeatureStep): number {
  if (step.kind === 'boolean') return 1;
  if (step.kind === 'category') return step.levels.length + (step.other ? 1 : 0);
  const cycles = step.kind === 'date' ? 2 * step.cycles.length : 0;
  return numericWidth(step.encoding) + (step.missing.indicator ? 1 : 0) + cycles;
}

/** Which of a category's features a missing cell has, and a level that has none of its own; -1 for none. */
export function categoryPlaces({ levels, other, missing }: Extract<FeatureStep, { kind: 'category' }>): {
  missing: number;
  unknown: number;
} {
  const unknown = other ? levels.length : -1;
  const place = missing === null ? -1 : levels.indexOf(missing);
  return { missing: missing !== null && place < 0 ? unknown : place, unknown };
}
