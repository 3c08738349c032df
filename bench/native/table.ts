/** What the native benchmark found, as a table for people. */
import { type Cost, median } from '../results.ts';
import type { Peaks } from './peaks.ts';

export interface NativeEntry {
  name: string;
  how?: string;
  steps_per_second?: number[];
  /** How far its update was off, where that is too far to be timed. */
  wrong?: number;
  /** Why it has no part in this. */
  none?: string;
  failed?: string;
}

export interface NativeResults {
  date: string;
  command: string;
  node: string;
  cpu: string;
  adapter?: { name: string; software: boolean };
  peaks?: Peaks;
  workloads: { name: string; description: string; cost: Cost; entries: NativeEntry[] }[];
}

export function tableOf({ date, command, node, cpu, adapter, peaks, workloads }: NativeResults): string {
  const lines = [
    `${date.slice(0, 10)}, Node ${node}, ${cpu}; \`${command}\``,
    '',
    adapter
      ? `Adapter: ${adapter.name}${adapter.software ? ', **a software adapter: ratios only**' : ''}.`
      : 'No adapter.',
    ...(peaks
      ? [`Ceilings: ${rounded(peaks.flops / 1e12)} TFLOP/s (fused multiply-adds), ${rounded(peaks.bytes / 1e9)} GB/s.`]
      : []),
  ];
  for (const { name, description, cost, entries } of workloads) {
    lines.push(
      '',
      `**${name}**: ${description}; ${(cost.flops / 1e6).toFixed(3)} MFLOP a step`,
      '',
      '| contestant | steps/s | spread | GFLOP/s | of the ceiling | how |',
      '|---|---|---|---|---|---|',
      ...entries.map((entry) => row(entry, cost, peaks)),
    );
  }
  return lines.join('\n');
}

function row(
  { name, how = '', steps_per_second: speeds, wrong, none, failed }: NativeEntry,
  cost: Cost,
  peaks?: Peaks,
) {
  const why = none ?? failed ?? (wrong === undefined ? undefined : `wrong by ${wrong.toExponential(1)}`);
  if (!speeds) return `| ${name} | – | | | | ${why} |`;
  const speed = median(speeds);
  const spread = (Math.max(...speeds) - Math.min(...speeds)) / 2 / speed;
  const flops = speed * cost.flops;
  // What the CPU reaches is no share of the adapter's ceiling.
  const share = peaks && name.includes('webgpu') ? `${rounded((100 * flops) / peaks.flops)} %` : '';
  return `| ${name} | ${rounded(speed)} | ${rounded(100 * spread)} % | ${rounded(flops / 1e9)} | ${share} | ${how} |`;
}

const rounded = (value: number): string => Number(value.toPrecision(3)).toLocaleString('en');
