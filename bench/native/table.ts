/** What the native benchmark found, as tables for people. */
import { figure } from '../../src/util/format.ts';
import { table } from '../markdown.ts';
import { type Cost, type Entry, outcomeOf, type Results, speedOf, spreadOf, type WorkloadResult } from '../results.ts';
import type { Peaks } from './peaks.ts';
import type { KernelTime } from './profile.ts';

export interface NativeResults extends Pick<Results, 'date' | 'command'> {
  node: string;
  cpu: string;
  adapter?: { name: string; software: boolean };
  peaks?: Peaks;
  /** Entries with a step's time, kernel by kernel, where that was profiled. */
  workloads: (Omit<WorkloadResult, 'entries'> & { entries: (Entry & { kernels?: KernelTime[] })[] })[];
}

export function tableOf({ date, command, node, cpu, adapter, peaks, workloads }: NativeResults): string {
  const ceilings =
    peaks &&
    `Ceilings: ${figure(peaks.flops / 1e12)} TFLOP/s (fused multiply-adds), ${figure(peaks.bytes / 1e9)} GB/s.`;
  const named = adapter && `${adapter.name}${adapter.software ? ', **a software adapter: ratios only**' : ''}`;
  return [
    `${date.slice(0, 10)}, Node ${node}, ${cpu}; \`${command}\``,
    [`Adapter: ${named ?? 'none'}.`, ceilings].filter(Boolean).join('\n'),
    ...workloads.flatMap(({ problem, description, cost, entries }) => [
      `**${problem.name}**: ${description}; ${figure(cost.flops / 1e6)} MFLOP a step`,
      ...entries.flatMap(({ name, how, kernels }) => (kernels ? profileOf(`${name}: ${how}`, kernels) : [])),
      table(
        ['contestant', 'steps/s', 'spread', 'GFLOP/s', 'of the ceiling', 'how'],
        entries.filter(({ kernels }) => !kernels).map((entry) => cells(entry, cost, peaks)),
      ),
    ]),
  ].join('\n\n');
}

function cells(entry: Entry, cost: Cost, peaks?: Peaks): string[] {
  const { name, how = '' } = entry;
  const speed = speedOf(entry);
  const spread = spreadOf(entry);
  if (speed === undefined || spread === undefined) return [name, '–', '', '', '', outcomeOf(entry)];
  const flops = speed * cost.flops;
  // What the CPU reaches is no share of the adapter's ceiling.
  const share = peaks && name.includes('webgpu') ? `${figure((100 * flops) / peaks.flops)} %` : '';
  return [name, figure(speed), `${figure(100 * spread)} %`, figure(flops / 1e9), share, how];
}

/** Where a step's time goes. */
function profileOf(what: string, kernels: readonly KernelTime[]): string[] {
  const all = kernels.reduce((sum, { ms }) => sum + ms, 0);
  const rows = kernels.map(({ kernel, ms, dispatches }) => [
    kernel,
    figure(dispatches),
    figure(ms),
    `${figure((100 * ms) / all)} %`,
  ]);
  return [
    `${what}; ${figure(all)} ms a step, one dispatch after another`,
    table(['kernel', 'dispatches', 'ms', 'of the step'], rows),
  ];
}
