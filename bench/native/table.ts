/** What the native benchmark found, as a table for people. */
import { type Cost, type Entry, outcomeOf, speedOf, spreadOf } from '../results.ts';
import type { Peaks } from './peaks.ts';
import type { KernelTime } from './profile.ts';

export interface NativeEntry extends Entry {
  /** A step's time, kernel by kernel, where it was profiled. */
  kernels?: KernelTime[];
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
    lines.push('', `**${name}**: ${description}; ${(cost.flops / 1e6).toFixed(3)} MFLOP a step`, '');
    if (entries.some(({ kernels }) => kernels)) {
      lines.push(...entries.flatMap(profileOf));
      continue;
    }
    lines.push(
      '| contestant | steps/s | spread | GFLOP/s | of the ceiling | how |',
      '|---|---|---|---|---|---|',
      ...entries.map((entry) => row(entry, cost, peaks)),
    );
  }
  return lines.join('\n');
}

function row(entry: Entry, cost: Cost, peaks?: Peaks) {
  const { name, how = '' } = entry;
  const speed = speedOf(entry);
  const spread = spreadOf(entry);
  if (speed === undefined || spread === undefined) return `| ${name} | – | | | | ${outcomeOf(entry)} |`;
  const flops = speed * cost.flops;
  // What the CPU reaches is no share of the adapter's ceiling.
  const share = peaks && name.includes('webgpu') ? `${rounded((100 * flops) / peaks.flops)} %` : '';
  return `| ${name} | ${rounded(speed)} | ${rounded(100 * spread)} % | ${rounded(flops / 1e9)} | ${share} | ${how} |`;
}

/** Where a step's time goes. */
function profileOf(entry: NativeEntry): string[] {
  const { name, how, kernels } = entry;
  if (!kernels) return [`${name}: ${outcomeOf(entry)}`, ''];
  const all = kernels.reduce((sum, { ms }) => sum + ms, 0);
  return [
    `${name}: ${how}; ${rounded(all)} ms a step, one dispatch after another`,
    '',
    '| kernel | dispatches | ms | of the step |',
    '|---|---|---|---|',
    ...kernels.map(
      ({ kernel, ms, dispatches }) =>
        `| ${kernel} | ${rounded(dispatches)} | ${rounded(ms)} | ${rounded((100 * ms) / all)} % |`,
    ),
    '',
  ];
}

const rounded = (value: number): string => Number(value.toPrecision(3)).toLocaleString('en');
