/** The results as one page that needs nothing else: bars of every workload, each with its numbers, and what was lost. */
import { html, type Markup, type Part } from '../../src/html/escape.ts';
import { type Column, dataTable, type Numbering, numbering, tableOf } from '../../src/html/figures.ts';
import { pageOf, section } from '../../src/html/page.ts';
import { count, figure } from '../../src/util/format.ts';
import {
  adapterWords,
  comparisonsOf,
  type Entry,
  libraryWords,
  lossesOf,
  median,
  ours,
  outcomeOf,
  partsOf,
  type Results,
  shownCounts,
  speedOf,
  spreadOf,
  versionWords,
  type WorkloadResult,
} from '../results.ts';
import { type Bar, barChart, smallChart } from './bars.ts';
import { curveOf } from './curves.ts';

const isOurs = (name: string) => name.startsWith(ours);

export function htmlOf(results: Results): string {
  const { date, browser, adapter, versions } = results;
  const { alone, curves } = partsOf(results);
  const numbered = numbering();
  const software = 'software' in adapter && adapter.software;
  return pageOf({
    title: 'How quickly it trains, beside others',
    subtitle: [
      date.slice(0, 10),
      browser,
      'name' in adapter ? `${adapter.name}${software ? ' (a software adapter)' : ''}` : 'no WebGPU',
      `${results.machine.processor}, ${results.machine.cores} cores`,
    ],
    version: versions[ours] ?? '',
    body: [
      ...(alone.length > 0
        ? [
            section('overview', 'At a glance', overviewOf(results, numbered)),
            section('summary', 'Ours beside the best other', summaryOf(results, numbered)),
          ]
        : []),
      section('behind', 'Where ours is behind', behind(results)),
      ...alone.map((workload, i) => section(`workload-${i + 1}`, workload.problem.name, partOf(workload, numbered))),
      ...[...curves].map(([name, points]) => section(`curve-${name}`, `Speed and ${name}`, curveOf(points, numbered))),
      section('first', 'The first step on a fresh page', firstOf(results, numbered)),
      section('how', 'How it was measured', howOf(results)),
    ],
  });
}

/** Of every library what was quickest, workload by workload. */
function overviewOf(results: Results, { figure: drawn }: Numbering): Part {
  const panels = partsOf(results).alone.flatMap(({ problem, description, entries }) => {
    const best = new Map<string, Bar>();
    for (const { name, lib, bar } of barsOf(entries)) if (!best.has(lib)) best.set(lib, { ...bar, name });
    const label = `${problem.name}: ${[...best.values()].map(({ name, value }) => `${name} ${figure(value)}`).join(', ')}`;
    if (best.size === 0) return [];
    return [
      html`<div><p><b>${problem.name}</b><br><span class="light small">${description}</span></p>${smallChart([...best.values()], 'steps per second, logarithmic', label)}</div>`,
    ];
  });
  return drawn(
    html`<div class="pair">${panels}</div>`,
    'Of each library the quickest of its variants, in steps a second.',
  );
}

/** Of all that were timed, the quickest first. */
function barsOf(entries: readonly Entry[]): { name: string; lib: string; entry: Entry; bar: Bar }[] {
  return entries
    .flatMap((entry) => {
      const value = speedOf(entry);
      const { name, lib, steps_per_second: all = [] } = entry;
      if (value === undefined) return [];
      return [
        { name, lib, entry, bar: { name, value, low: Math.min(...all), high: Math.max(...all), ours: isOurs(name) } },
      ];
    })
    .toSorted((a, b) => b.bar.value - a.bar.value);
}

function summaryOf(results: Results, { table }: Numbering): Part {
  const rows = partsOf(results).alone.flatMap((workload) =>
    comparisonsOf(workload).map(({ what, mine, theirs, ratio }): Part[] => [
      workload.problem.name,
      what,
      ratio < 1 ? html`<span class="verdict bad">${figure(ratio)}</span>` : figure(ratio),
      withoutLib(mine),
      theirs,
    ]),
  );
  const columns: Column[] = [
    { title: 'workload' },
    { title: 'compared' },
    { title: 'times as quick', number: true },
    { title: 'ours' },
    { title: 'the best other' },
  ];
  return table(tableOf(columns, rows), 'Ratios of median speeds of the same run.');
}

const withoutLib = (name: string) => (name.startsWith(`${ours} `) ? name.slice(ours.length + 1) : name);

function behind(results: Results): Part {
  const losses = lossesOf(results);
  if (losses.length === 0) return html`<p>Nowhere in this run.</p>`;
  return html`<ul>${losses.map((line) => html`<li>${line}</li>`)}</ul>`;
}

function partOf({ description, cost, entries }: WorkloadResult, { figure: drawn }: Numbering): Part {
  const timed = barsOf(entries);
  const bars = timed.map(({ bar }) => bar);
  const quickest = timed[0] && `${timed[0].name} is quickest with ${figure(timed[0].bar.value)} steps a second.`;
  const others = entries.filter((entry) => speedOf(entry) === undefined);
  return html`<p>${description}: ${count(cost.parameters)} parameters. A step takes at least ${figure(cost.flops / 1e6)} Mflop and moves ${figure(cost.bytes / 1e6)} MB.</p>
${timed.length > 0 && drawn(barChart(bars, 'steps per second, logarithmic', quickest), html`${quickest} Lines at the ends of bars reach from the slowest to the quickest repetition.`, numbersOf(timed, cost.flops))}
${others.length > 0 && html`<p class="small light">Not timed: ${others.map((entry) => `${entry.name} (${outcomeOf(entry)})`).join('; ')}</p>`}`;
}

function numbersOf(timed: ReturnType<typeof barsOf>, flops: number): Markup {
  const titles = ['steps/s', '±', 'Gflop/s', ...Object.keys(shownCounts), 'error'];
  const columns: Column[] = [{ title: '' }, ...titles.map((title) => ({ title, number: true })), { title: 'how' }];
  const rows = timed.map(({ entry, bar }): Part[] => [
    bar.name,
    figure(bar.value),
    `${figure(100 * (spreadOf(entry) ?? 0), 2)} %`,
    figure((bar.value * flops) / 1e9),
    ...Object.values(shownCounts).map((key) => entry.counts && figure(entry.counts[key], 2)),
    figure(entry.error, 1),
    html`<div class="words">${entry.how}</div>`,
  ]);
  return dataTable(columns, rows);
}

function firstOf(results: Results, { figure: drawn }: Numbering): Part {
  const begun = results.contestants.flatMap(({ name, first }) => (first ? [{ name, ...first }] : []));
  if (begun.length === 0) return html`<p>Nobody came so far.</p>`;
  const times = begun
    .map(({ name, ms }) => ({
      name,
      value: median(ms),
      low: Math.min(...ms),
      high: Math.max(...ms),
      ours: isOurs(name),
    }))
    .toSorted((a, b) => a.value - b.value);
  const sizes = begun
    .map(({ name, gzip_bytes }) => {
      const value = gzip_bytes / 1000;
      return { name, value, low: value, high: value, ours: isOurs(name) };
    })
    .toSorted((a, b) => a.value - b.value);
  return [
    drawn(
      barChart(times, 'milliseconds, logarithmic', `${times[0].name} is first, after ${figure(times[0].value)} ms.`),
      'From the start of a fresh page to the end of a first step of the first workload; the browser is already open.',
    ),
    drawn(
      barChart(sizes, 'kB after gzip, logarithmic', `${sizes[0].name} loads least, ${figure(sizes[0].value)} kB.`),
      `What had been loaded by then, the page of the benchmark itself left out. ${libraryWords(results)}`,
    ),
  ];
}

function howOf(results: Results): Part {
  const { machine, browser, command } = results;
  return html`<ul>
<li>Adapter: ${adapterWords(results)}</li>
<li>Machine: ${machine.processor}, ${machine.cores} cores, ${machine.system}</li>
<li>Browser: ${browser}, headless</li>
<li>Versions: ${versionWords(results)}</li>
</ul>
<p>Each contestant trained in a worker of its own. The way of its parameters over the first steps was held against float64, and only those that were right were timed. They took turns; figures are medians. Dispatches, submits, buffer writes and maps are those of a step, on average.</p>
<pre><span>${command}</span></pre>`;
}
