/** `describe FILE`: what a table holds and what is taken of it, before anything is trained. */
import type { Command } from 'commander';
import { type ColumnSummary, summarize } from '../../data/prepare/summary.ts';
import { sortNotices } from '../../data/table/notices.ts';
import { withUnit } from '../../data/table/quantity.ts';
import { summary as printed } from '../../messages/en/command-line/summary.ts';
import type { ColumnType } from '../../spec/data-settings.ts';
import { message } from '../../util/message.ts';
import { count } from '../../util/thousands.ts';
import { openInput } from '../files/read.ts';
import { inLanguage } from '../language.ts';
import { named, settingsFrom } from '../options.ts';
import { closing } from '../output/help.ts';
import { fact, heading, notedFacts, pairs, print, printJson, significant, table, wrapped } from '../output/output.ts';
import { addReadingOptions, type ReadingFlags, readingFrom, readTable, withStatus } from '../reading.ts';

interface Flags extends ReadingFlags {
  target?: string;
  types?: string;
  json?: boolean;
}

const note =
  'Types are guesses from the cells; --types says otherwise, here and in train. With --target it also looks for columns that give the target away and for rare classes.';

export function define(command: Command): void {
  command
    .argument('FILE', 'A CSV file, or - for standard input')
    .option('--target <column>', 'The column that will be predicted')
    .option('--types <column=type,...>', 'What columns are, where the guess is not right')
    .option('--json', 'Print one JSON object, with histograms')
    .addHelpText('after', () => closing([note]))
    .action(describeCommand);
  addReadingOptions(command);
}

async function describeCommand(file: string, flags: Flags): Promise<void> {
  const read = await readTable(await openInput(file), readingFrom(flags));
  const { target, types } = flags;
  const given = types === undefined ? {} : settingsFrom({ types }).data.types;
  const summary = await withStatus(file, 'describing', () =>
    named(() => summarize(read, { target, types: given as Record<string, ColumnType> })),
  );
  if (flags.json) {
    const warnings = sortNotices(summary.warnings);
    printJson({
      command: 'describe',
      file,
      target,
      format: read.format,
      ...summary,
      warnings,
      notices: sortNotices(read.notices),
    });
    return;
  }
  const rows = summary.columns.map((column) => [
    column.name,
    column.type,
    column.missing > 0 ? count(column.missing) : '–',
    count(column.distinct),
    ...figuresOf(column),
  ]);
  const mark = summary.columns.findIndex(({ name }) => name === target);
  const size = message(printed, 'table_size', { file, count: summary.rows, width: summary.columns.length });
  print(
    [
      notedFacts([fact('table', size)], [...read.notices, ...summary.warnings], {
        types: given as Record<string, ColumnType>,
      }),
      table(
        (['column', 'type', 'missing', 'distinct', 'least', 'median', 'most', 'mean'] as const).map(heading),
        rows,
        mark < 0 ? undefined : [mark, 0],
      ),
      ...examplesOf(summary.columns),
    ].join('\n\n'),
  );
}

/** Least, median, most and mean of numbers; first and last of dates. */
function figuresOf({ numbers, dates, unit }: ColumnSummary): string[] {
  if (dates) return [dates.earliest, '', dates.latest, ''];
  if (!numbers) return ['', '', '', ''];
  return [numbers.min, numbers.quartiles[1], numbers.max, numbers.mean].map((value) =>
    withUnit(significant(value), unit),
  );
}

/** The most frequent values of each column that has them. */
function examplesOf(columns: ColumnSummary[]): string[] {
  const shown = columns.flatMap(({ name, levels }): [string, string][] => {
    if (!levels?.length) return [];
    const first = levels.slice(0, 5).map(({ text, count: rows }) => `${text.slice(0, 30)} (${count(rows)})`);
    return [[name, first.join(', ')]];
  });
  return shown.length > 0 ? [wrapped(inLanguage(message(printed, 'frequent_values'))), pairs(shown)] : [];
}
