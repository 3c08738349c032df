/** How a fit ends: the files that hold and repeat it, and what is printed. */
import { join } from 'node:path';
import { type Notice, sortNotices } from '../../data/table/notices.ts';
import type { Table } from '../../data/table/table.ts';
import type { FitResult } from '../../fit/fit.ts';
import { fitJson } from '../../fit/fit-json.ts';
import type { Fitted } from '../../fit/fit-page.ts';
import { saveModel } from '../../model/model.ts';
import type { FitSettings } from '../../spec/fit-settings.ts';
import { commandOf } from '../../spec/shell.ts';
import type { Written } from '../files/results.ts';
import type { OutFolder } from '../out-folder.ts';
import { fitTable, fitText } from '../output/fit-text.ts';
import { print, printJson, warnCritical } from '../output/output.ts';
import { madeBy } from '../output/page-facts.ts';
import { type ReadingFlags, readingWords } from '../reading.ts';

export interface FitJob {
  /** What the table is called, and where it is. */
  file: string;
  path: string;
  rows: Table;
  settings: FitSettings;
  result: FitResult;
  /** Ended by hand. */
  interrupted: boolean;
  /** Beside those of the table and the result. */
  notices?: Notice[];
}

export interface PresentFlags extends ReadingFlags {
  json?: boolean;
  quiet?: boolean;
}

/** Writes and prints. @returns why the files could not be written where they should be, if that is so */
export async function presentFit(
  job: FitJob,
  out: OutFolder | undefined,
  flags: PresentFlags,
): Promise<Written['unwritten']> {
  const { file, rows, settings, result, interrupted } = job;
  const notices = sortNotices([...rows.notices, ...result.notices, ...(job.notices ?? [])]);
  if (flags.quiet) warnCritical(notices, result.dataSettings);
  const json = fitJson({ file, settings, result, interrupted, notices });
  const { files, unwritten } = await write(out, json, { ...job, notices }, flags);
  if (flags.json) printJson({ ...json, files });
  else print(flags.quiet ? fitTable(result) : fitText({ file, result, interrupted, notices, files }));
  return unwritten;
}

async function write(
  out: OutFolder | undefined,
  json: object,
  fitted: FitJob & Pick<Fitted, 'notices'>,
  flags: PresentFlags,
): Promise<Written> {
  if (out === undefined) return { files: [] };
  const { path, result } = fitted;
  const results = {
    'model.safetensors': () => [saveModel(result.model)],
    'fit.json': () => [`${JSON.stringify(json, null, 1)}\n`],
  };
  const report = async () => {
    const { fitPage } = await import('../../fit/fit-page.ts');
    const origin = madeBy(result.engine);
    const { kind } = result.engine;
    const words = ['fit', path, '--repeat', join(out.path, 'fit.json'), '--engine', kind, ...readingWords(flags)];
    return fitPage({ ...fitted, origin: { ...origin, command: commandOf(words) }, asked: origin.command });
  };
  return out.write({ files: results, report }, [path]);
}
