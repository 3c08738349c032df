/** `--level`: the share of answers that prediction intervals are to hold. */
import { Option } from 'commander';
import { defaultLevel } from '../model/conformal.ts';
import { checkLevel } from '../model/intervals.ts';

export interface LevelFlags {
  level?: string;
}

export function levelOption(): Option {
  return new Option('--level <share>', `Share of answers that intervals are to hold (default: ${defaultLevel})`);
}

/** Undefined where it was not given. @throws InputError where it is none */
export function levelFrom({ level }: LevelFlags): number | undefined {
  if (level === undefined) return undefined;
  checkLevel(Number(level), level);
  return Number(level);
}
