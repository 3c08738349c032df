/**
 * What a sweep varies, as parameters of Optuna's: with the same distribution in every trial, as its
 * `check_distribution_compatibility` asks for.
 */
import { trialFields } from '../../spec/fields.ts';
import type { Sweep } from '../../sweep/definition/definition.ts';
import type { TrialResult } from '../../sweep/results/types.ts';

export interface OptunaParameter {
  /** As `distribution_to_json` writes it (`optuna/distributions.py`). */
  distribution: { name: string; attributes: Record<string, unknown> };
  /** A value as a trial holds it: the number itself, or the place among the choices. */
  internal(value: unknown): number;
}

/** By their paths. */
export function optunaParameters(
  { grid, random }: Pick<Sweep, 'grid' | 'random'>,
  trials: readonly Pick<TrialResult, 'settings'>[],
): Map<string, OptunaParameter> {
  const varied = Object.entries({ ...grid, ...random });
  return new Map(
    varied.map(([path, choice]) => {
      if (Array.isArray(choice)) return [path, choice.every(isNumber) ? number(path, choice) : categorical(choice)];
      const { from, to, scale } = choice;
      const drawn = trials.map(({ settings }) => settings[path]).filter(isNumber);
      // Draws are rounded, and may lie beyond.
      return [path, number(path, [from, to, ...new Set(drawn)], scale === 'log')];
    }),
  );
}

/** @param values within it @param log by the setting's own scale, unless it is said */
function number(path: string, values: readonly number[], log?: boolean): OptunaParameter {
  const field = trialFields.find((known) => known.path === path);
  const integer = field?.type === 'integer';
  const own = integer ? values.map(Math.round) : values;
  const low = own.reduce((a, b) => Math.min(a, b));
  const high = own.reduce((a, b) => Math.max(a, b));
  const attributes = { step: integer ? 1 : null, low, high, log: low > 0 && (log ?? field?.scale === 'log') };
  return {
    distribution: { name: integer ? 'IntDistribution' : 'FloatDistribution', attributes },
    internal: Number,
  };
}

function categorical(values: readonly unknown[]): OptunaParameter {
  const choices = [...new Set(values.map(choiceOf))];
  return {
    distribution: { name: 'CategoricalDistribution', attributes: { choices } },
    internal: (value) => choices.indexOf(choiceOf(value)),
  };
}

/** Optuna knows None, bool, numbers and str. */
function choiceOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}
