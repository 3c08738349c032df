/**
 * What a person should know about a table or a data set: one sentence each, how serious it is, and, where one setting
 * would mend it, that setting. The page makes a button of a fix, the command line an option.
 */

import type { ColumnType } from '../../spec/data-settings.ts';
import type { Said } from '../../util/errors.ts';
import type { Params } from '../../util/message.ts';

/** `critical`: scores cannot be believed; `warning`: probably not what was meant; `info`: what was done. */
export const severities = ['critical', 'warning', 'info'] as const;
export type Severity = (typeof severities)[number];

/**
 * A change of one setting: one more column for `ignore`, the type of a `column`, or another `value` of the `setting`.
 */
export type SettingFix =
  | { setting: 'ignore'; column: string }
  | { setting: 'types'; column: string; value: ColumnType }
  | { setting: 'task'; value: 'regression' | 'classification' }
  | { setting: 'class_weights'; value: 'balanced' }
  | { setting: 'early_stopping' }
  | { setting: 'dropout' | 'epochs'; value: number };

/** Or another way to train: the search for the best model. */
export type NoticeFix = SettingFix | { command: 'fit' };

/** What a notice is about, where both a look at the table and its preparation may say it. */
export type NoticeTopic =
  | 'constant'
  | 'empty'
  | 'identifier'
  | 'infinite_cells'
  | 'leak'
  | 'missing_target'
  | 'odd_cells'
  | 'rare_classes'
  | 'text'
  | 'unclear';

/** What a person should know about a table or a data set. */
export interface Notice {
  /** `critical`: scores cannot be believed; `warning`: probably not what was meant; `info`: what was done. */
  severity: Severity;
  /** One sentence or two, in English. */
  text: string;
  /** What it says, for any language: see `src/messages`. */
  code?: string;
  /** What the sentence mentions. */
  params?: Params;
  /** What it is about, where looking at the table and preparing it may both say so. */
  topic?: NoticeTopic;
  /** The column that it is about, where there is one. */
  column?: string;
  /** The one setting that would mend it, where there is one. */
  fix?: NoticeFix;
}

type Details = Pick<Notice, 'topic' | 'column' | 'fix'>;

export function warning(said: Said, details?: Details): Notice {
  return notice('warning', said, details);
}

export function info(said: Said, details?: Details): Notice {
  return notice('info', said, details);
}

export function critical(said: Said, details?: Details): Notice {
  return notice('critical', said, details);
}

function notice(severity: Severity, said: Said, details?: Details): Notice {
  return { severity, ...(typeof said === 'string' ? { text: said } : said), ...details };
}

/** The most serious first, each text once; of equally serious ones the order stays. */
export function sortNotices(notices: readonly Notice[]): Notice[] {
  const unique = new Map(notices.map((notice) => [notice.text, notice]));
  return [...unique.values()].sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}

/**
 * Notices of a data set and of the table that it was made from, the most serious first. Where both say the same of a column,
 * that of the data set stands: it says what was done. Without a column it speaks for all columns of its topic.
 */
export function mergeNotices(prepared: readonly Notice[], table: readonly Notice[]): Notice[] {
  const said = new Set(prepared.filter(({ topic }) => topic).map(({ topic, column }) => `${topic} ${column ?? ''}`));
  const others = table.filter(({ topic, column }) => !said.has(`${topic} ${column ?? ''}`) && !said.has(`${topic} `));
  return sortNotices([...prepared, ...others]);
}
