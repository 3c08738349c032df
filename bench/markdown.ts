/** The results as Markdown: speeds in one table, what was lost, then each curve and each workload with all that is known of it. */
import { figure } from '../src/util/format.ts';
import { median } from '../src/util/statistics/statistics.ts';
import { count } from '../src/util/thousands.ts';
import {
  adapterWords,
  comparisonsOf,
  type Entrant,
  type Entry,
  libraryWords,
  lossesOf,
  ours,
  outcomeOf,
  partsOf,
  type Results,
  shownCounts,
  speedOf,
  spreadOf,
  versionWords,
  type WorkloadResult,
} from './results.ts';

/** @param why somebody's words about what was lost */
export function markdownOf(results: Results, why = ''): string {
  const { alone } = partsOf(results);
  const losses = lossesOf(results).map((line) => `- ${line}`);
  const parts = [
    factsOf(results),
    ...(alone.length > 0
      ? [
          '## Steps per second',
          'Medians; a step trains all models of its workload once. A dash is a workload that a contestant is not made for.',
          speedTable(results),
          '## Ours beside the best other',
          comparisonTable(results),
        ]
      : []),
    '## Where ours is behind',
    losses.join('\n') || 'Nowhere in this run.',
    why,
    '## The first step, and what is loaded for it',
    `From the start of a fresh page to the end of the first step of ${results.workloads[0]?.problem.name ?? 'a workload'}.`,
    firstTable(results.contestants),
    libraryWords(results),
    ...curvesWords(results),
    '## Workload by workload',
    ...alone.flatMap(workloadWords),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function factsOf(results: Results): string {
  const { machine, browser, date, command } = results;
  return [
    `- Adapter: ${adapterWords(results)}`,
    `- Machine: ${machine.processor}, ${machine.cores} cores, ${machine.system}`,
    `- Browser: ${browser}, headless`,
    `- Versions: ${versionWords(results)}`,
    `- Measured: ${date.slice(0, 10)}, with \`${command}\``,
  ].join('\n');
}

function speedTable(results: Results): string {
  const { alone } = partsOf(results);
  return table(
    ['', ...alone.map(({ problem }) => problem.name)],
    results.contestants.map(({ name }) => [
      name,
      ...alone.map(({ entries }) => {
        const entry = entries.find((one) => one.name === name);
        const speed = entry && speedOf(entry);
        if (speed !== undefined) return figure(speed);
        return entry?.wrong !== undefined ? 'wrong' : entry?.failed ? 'failed' : '–';
      }),
    ]),
  );
}

function comparisonTable(results: Results): string {
  const rows = partsOf(results).alone.flatMap((workload) =>
    comparisonsOf(workload).map(({ what, mine, theirs, ratio }) => [
      workload.problem.name,
      what,
      mine,
      theirs,
      ratio < 1 ? `**${figure(ratio)}**` : figure(ratio),
    ]),
  );
  return table(['workload', '', 'ours', 'the best other', 'times as quick'], rows);
}

function firstTable(contestants: readonly Entrant[]): string {
  return table(
    ['', 'first step, ms', 'loaded, kB gzip'],
    contestants.map(({ name, first, failed }) => [
      name,
      first ? figure(median(first.ms)) : (failed ?? '–'),
      first ? figure(first.gzip_bytes / 1000) : '–',
    ]),
  );
}

/** The steps per second along each curve; what a step asks for is in the last columns. */
function curvesWords(results: Results): string[] {
  return [...partsOf(results).curves].flatMap(([name, points]) => {
    const lines = linesOf(points);
    return [
      `## Speed and ${name}`,
      `Steps per second over ${points[0].curve?.axis}; otherwise ${points[0].description}.`,
      table(
        ['', ...lines.keys(), 'Mflop a step', 'MB a step'],
        points.map(({ curve, cost }, i) => [
          count(curve?.value ?? 0),
          ...[...lines.values()].map((speeds) => (speeds[i] === undefined ? '–' : figure(speeds[i]))),
          figure(cost.flops / 1e6),
          figure(cost.bytes / 1e6),
        ]),
      ),
    ];
  });
}

/** Of each contestant's variants that differ in threads alone, the quicker at each point. */
function linesOf(points: readonly WorkloadResult[]): Map<string, (number | undefined)[]> {
  const lines = new Map<string, (number | undefined)[]>();
  points.forEach(({ entries }, i) => {
    for (const entry of entries) {
      const name = entry.name
        .replace(/, (\d+ )?threads?$/, '')
        .replace(`${ours} webgpu`, 'ours,')
        .replace(ours, 'ours,');
      const speeds = lines.get(name) ?? points.map(() => undefined);
      const speed = speedOf(entry);
      if (speed !== undefined) speeds[i] = Math.max(speed, speeds[i] ?? 0);
      lines.set(name, speeds);
    }
  });
  return lines;
}

function workloadWords({ problem, description, cost, entries }: WorkloadResult): string[] {
  const megaflop = figure(cost.flops / 1e6);
  const megabytes = figure(cost.bytes / 1e6);
  return [
    `### ${problem.name}`,
    `${description}: ${count(cost.parameters)} parameters; at least ${megaflop} Mflop and ${megabytes} MB a step.`,
    table(
      ['', 'steps/s', '±', 'Gflop/s', ...Object.keys(shownCounts), 'error', 'how'],
      entries.map((entry) => [entry.name, ...cells(entry, cost.flops)]),
    ),
  ];
}

function cells(entry: Entry, flops: number): string[] {
  const speed = speedOf(entry);
  if (speed === undefined) return ['–', '', '', '', '', '', '', '', outcomeOf(entry)];
  const { counts, error, how = '' } = entry;
  return [
    figure(speed),
    `${figure(100 * (spreadOf(entry) ?? 0), 2)} %`,
    figure((speed * flops) / 1e9),
    ...Object.values(shownCounts).map((key) => (counts ? figure(counts[key], 2) : '')),
    (error ?? 0).toExponential(0),
    how,
  ];
}

export function table(head: string[], rows: string[][]): string {
  const line = (values: string[]) =>
    `| ${values.map((value) => value.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}
