/** The results as Markdown: speeds in one table, then each workload with all that is known of it, then what was lost. */
import { count, figure } from '../../src/util/format.ts';
import {
  adapterWords,
  comparisonsOf,
  type Entrant,
  type Entry,
  libraryWords,
  lossesOf,
  median,
  outcomeOf,
  partsOf,
  type Results,
  shownCounts,
  speedOf,
  spreadOf,
  versionWords,
  type WorkloadResult,
} from '../results.ts';
import { linesOf } from './curves.ts';

export function markdownOf(results: Results): string {
  const { alone } = partsOf(results);
  return [
    factsOf(results),
    ...(alone.length > 0
      ? [
          '## Steps per second',
          'Medians; a step trains all models of its workload once.',
          speedTable(results),
          '## Ours beside the best other',
          comparisonTable(results),
        ]
      : []),
    '## Where ours is behind',
    lossesWords(results),
    '## The first step, and what is loaded for it',
    firstTable(results.contestants),
    libraryWords(results),
    ...curvesWords(results),
    '## Workload by workload',
    ...alone.flatMap(workloadWords),
  ].join('\n\n');
}

/** The steps per second along each curve; what a step asks for is in the last columns. */
export function curvesWords(results: Results): string[] {
  return [...partsOf(results).curves].flatMap(([name, points]) => {
    const lines = linesOf(points);
    return [
      `## Speed and ${name}`,
      `Steps per second over ${points[0].curve?.axis}; otherwise ${points[0].description}.`,
      table(
        ['', ...lines.map((line) => line.name), 'Mflop a step', 'MB a step'],
        points.map(({ curve, cost }, i) => [
          count(curve?.value ?? 0),
          ...lines.map(({ ys }) => (Number.isFinite(ys[i]) ? figure(ys[i]) : '–')),
          figure(cost.flops / 1e6),
          figure(cost.bytes / 1e6),
        ]),
      ),
    ];
  });
}

export function comparisonTable(results: Results): string {
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

export function factsOf(results: Results): string {
  const { machine, browser, date, command } = results;
  return [
    `- Adapter: ${adapterWords(results)}`,
    `- Machine: ${machine.processor}, ${machine.cores} cores, ${machine.system}`,
    `- Browser: ${browser}, headless`,
    `- Versions: ${versionWords(results)}`,
    `- Measured: ${date.slice(0, 10)}, with \`${command}\``,
  ].join('\n');
}

export function lossesWords(results: Results): string {
  const losses = lossesOf(results);
  if (losses.length === 0) return 'Nowhere in this run.';
  return losses.map((line) => `- ${line}`).join('\n');
}

export function speedTable(results: Results): string {
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

export function firstTable(contestants: readonly Entrant[]): string {
  return table(
    ['', 'first step, ms', 'loaded, kB gzip'],
    contestants.map(({ name, first, failed }) => [
      name,
      first ? figure(median(first.ms)) : (failed ?? '–'),
      first ? figure(first.gzip_bytes / 1000) : '–',
    ]),
  );
}

export function workloadWords({ problem, description, cost, entries }: WorkloadResult): string[] {
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

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}
