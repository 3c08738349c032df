/** What it takes to do it again, and to know what was done: the command, every setting, the engine and the versions. */
import type { ChangedSetting } from '../spec/changes.ts';
import { dataFields, type Field, fieldText, fitFields, settingAt, trialFields } from '../spec/fields.ts';
import { fitDefaultsByPath } from '../spec/fit-defaults.ts';
import { duration } from '../util/format.ts';
import { count } from '../util/thousands.ts';
import { html, type Markup, type Part } from './escape.ts';
import { type Numbering, tableOf } from './figures.ts';
import { section } from './page.ts';

export interface Origin {
  /** The command that repeats it, as a shell takes it. */
  command: string;
  /** Why the command does not repeat all of it. */
  caution?: string;
  version: string;
  /** What it ran on: "Node 20.20.2 on linux x64". */
  runtime?: string;
  made?: Date;
  engine: { kind: string; adapter: string; software: boolean; why: string };
  /** With their codes where there is a command that takes them. */
  plans: { name: string; why: string; code?: string }[];
  seconds: number;
}

/** @param settings what follows, when its turn to be numbered has come @param facts further rows of how it was made */
export function appendix(
  origin: Origin,
  settings: () => Part,
  numbers: Numbering,
  facts: [string, Part][] = [],
): Markup {
  const { command, caution, version, runtime, made, engine, plans, seconds } = origin;
  const rows: [string, Part][] = [
    ['engine', engine.kind],
    ['adapter', `${engine.adapter}${engine.software ? ' (a software adapter, not a GPU)' : ''}`],
    ['why this engine', engine.why],
    ...plans.map(({ name, why }): [string, Part] => ['plan', `${name}${why ? `: ${why}` : ''}`]),
    ...plans.flatMap(({ code }): [string, Part][] => (code ? [['takes the same plan', `--plan ${code}`]] : [])),
    ...facts,
    ['training time', duration(seconds)],
    ['perceptron-lab', version],
    ...(runtime ? [['ran on', runtime] as [string, Part]] : []),
    ...(made ? [['made', `${made.toISOString().slice(0, 16).replace('T', ' ')} UTC`] as [string, Part]] : []),
  ];
  return section(
    'appendix',
    'Appendix: how to repeat it',
    html`<p>The same seeds on the same adapter and plan give the same bits, with engine <code>reproducible</code> on every machine; on others, the same numbers within a small tolerance.</p>
${caution ? html`<p class="problem">${caution}</p>\n` : ''}<pre><code>${command.split(' ').map((word, index) => [index > 0 && ' ', html`<span>${word}</span>`])}</code></pre>\n`,
    numbers.table(tableOf([{ title: 'fact' }, { title: 'what was used' }], rows), 'How it was computed.'),
    settings(),
  );
}

/** What was changed while the run trained; nothing where nothing was. */
export function changesTable(changes: readonly ChangedSetting[], numbers: Numbering): Markup {
  if (changes.length === 0) return html``;
  const columns = [
    { title: 'from epoch', number: true },
    { title: 'step', number: true },
    { title: 'setting' },
    { title: 'before' },
    { title: 'after' },
  ];
  const rows = changes.map(({ epoch, step, name, from, to }): Part[] => [
    count(epoch),
    step === undefined ? 'not known' : count(step),
    name,
    `${from ?? 'off'}`,
    `${to ?? 'off'}`,
  ]);
  return numbers.table(
    tableOf(columns, rows),
    'Settings that were changed while the run trained; all others held from its start.',
  );
}

/** Every setting with its exact value, by the name that the command line and files know; what is not the default is strong. */
export function settingsTable(
  groups: { data?: object; trial?: object; fit?: object },
  caption: string,
  numbers: Numbering,
): Markup {
  const rows = [
    ...ordered(groups.fit ?? {}, fitFields),
    ...ordered(groups.data ?? {}, groups.fit ? dataFields.map(withFitDefault) : dataFields),
    ...ordered(groups.trial ?? {}, trialFields),
  ];
  const columns = [{ title: 'setting' }, { title: 'value' }, { title: 'what it is' }];
  return numbers.table(html`<div class="settings">${tableOf(columns, rows)}</div>`, caption);
}

function withFitDefault(field: Field): Field {
  return field.path in fitDefaultsByPath ? { ...field, default: fitDefaultsByPath[field.path] } : field;
}

/** In the order of the schema. */
function ordered(settings: object, fields: readonly Field[]): Part[][] {
  const place = (path: string) => fields.findIndex((field) => field.path === path);
  return flat(settings)
    .sort(([a], [b]) => place(a) - place(b))
    .map(([path, value]) => settingRow(path, value, settings, fields));
}

function settingRow(path: string, value: unknown, settings: unknown, fields: readonly Field[]): Part[] {
  const field = fields.find((known) => known.path === path);
  const start = field?.defaults?.[String(settingAt(settings, field.kindPath ?? ''))] ?? field?.default;
  const text = plain(value);
  const usual = field !== undefined && text === plain(start);
  return [path, usual ? text : html`<b>${text}</b>`, [field?.label ?? '', field?.unit ? ` (${field.unit})` : '']];
}

/** Exact, as JSON has it, but a list without brackets. */
export function plain(value: unknown): string {
  if (value === undefined || value === null) return 'none';
  if (typeof value === 'object') return fieldText(value) || 'none';
  return String(value);
}

/** Leaves of nested settings by dotted path; what was not set is left out. */
export function flat(settings: object, path = ''): [string, unknown][] {
  return Object.entries(settings).flatMap(([name, value]): [string, unknown][] => {
    const here = path ? `${path}.${name}` : name;
    if (value === undefined) return [];
    const nested = typeof value === 'object' && value !== null && !Array.isArray(value);
    // Names of columns are no settings.
    return nested && here !== 'types' ? flat(value, here) : [[here, value]];
  });
}
