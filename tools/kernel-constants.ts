/**
 * The numbers that kernels share with TypeScript, for WGSL and AssemblyScript alike, made when the project is built: those by which
 * activations, losses, updates, schedules and kinds of layers are told apart (ACTIVATION_RELU is the place of `relu` in its
 * table), streams of random numbers, and the sizes of micro tiles.
 */
import { microTiles } from '../src/engine/gpu/layered/micro-tiles.ts';
import { layerKinds } from '../src/engine/layers.ts';
import { activationNames } from '../src/spec/activations.ts';
import { type LossEntry, lossNames, lossTable } from '../src/spec/losses.ts';
import { scheduleNames } from '../src/spec/optimizer-settings.ts';
import { updateNames } from '../src/spec/optimizers.ts';
import { streams } from '../src/util/random.ts';

const numbered = (prefix: string, names: readonly string[]) =>
  names.map((name, index): [string, number] => [`${prefix}_${name.toUpperCase()}`, index]);

/** Bit k: the loss with number k has it. */
const lossesWith = (has: (entry: LossEntry) => true | undefined) =>
  lossNames.reduce((bits, name, index) => (has(lossTable[name]) ? bits | (1 << index) : bits), 0);

const constants = new Map<string, number>([
  ...numbered('ACTIVATION', activationNames),
  ...numbered('LOSS', lossNames),
  ...numbered('UPDATE', updateNames),
  ...numbered('SCHEDULE', scheduleNames),
  ...numbered('LAYER', layerKinds),
  ...Object.entries(streams).map(([name, stream]): [string, number] => [`STREAM_${name.toUpperCase()}`, stream]),
  ...Object.entries(microTiles).flatMap(([name, [m, n]]): [string, number][] => [
    [`MICRO_M_${name.toUpperCase()}`, m],
    [`MICRO_N_${name.toUpperCase()}`, n],
  ]),
  // What the caller computes is none of the table's; its mean is over rows.
  ['LOSS_CUSTOM', lossNames.length],
  ['LOSSES_OVER_ROWS', lossesWith(({ overRows }) => overRows) | (1 << lossNames.length)],
  ['LOSSES_BY_SUM', lossesWith(({ bySum }) => bySum)],
  ['ALL_UPDATES', (1 << updateNames.length) - 1],
]);

/** The module of this name, as `package::generated::constants` imports it. */
export const constantsModule = 'generated/constants';

export function wgslConstants(): string {
  return [...constants].map(([name, value]) => `const ${name} = ${value}u;\n`).join('');
}

/** WGSL with the numbers in the place of their names. */
export function withoutConstants(wgsl: string): string {
  return wgsl.replace(/\b[A-Z]+_\w+\b/g, (name) => (constants.has(name) ? `${constants.get(name)}u` : name));
}

export function assemblyScriptConstants(): string {
  return [...constants].map(([name, value]) => `export const ${name}: u32 = ${value};\n`).join('');
}
