/** Why settings are refused. */
import { counted } from '../../../util/thousands.ts';
import { list } from '../../../util/words.ts';

interface Setting {
  /** What it is called; empty where all settings together are meant. */
  setting: string;
  /** null where the setting is off without a value. */
  default?: string | null;
  /** What was probably meant. */
  near?: string;
}

interface Given extends Setting {
  /** As JSON, cut short where it is long. */
  input: string;
}

interface Bound extends Given {
  bound: number;
  /** Whether the bound itself is legal. */
  inclusive: boolean;
}

function about({ setting, default: start, near }: Setting, said: string): string {
  const place = setting && `${setting}: `;
  if (near) return `${place}${said} (did you mean ${near}?).`;
  return `${place}${said}${start === null ? ' (off when left out)' : start === undefined ? '' : ` (default ${start})`}.`;
}

/** What values are, by what the schema calls them. */
const kinds: Record<string, string> = {
  finite: 'a finite number',
  int: 'a whole number',
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'a group of settings',
  Float32Array: 'a Float32Array',
};
const kind = (type: string) => kinds[type] ?? type;

export const settings = {
  list_too_short: (p: Setting & { count: number }) => about(p, `give at least ${counted(p.count, 'value')}`),
  list_too_long: (p: Setting & { count: number }) => about(p, `give at most ${counted(p.count, 'value')}`),
  setting_empty: (p: Setting) => about(p, 'give a value that is not empty'),
  text_too_long: (p: Setting & { count: number }) => about(p, `give at most ${counted(p.count, 'character')}`),
  setting_too_small: (p: Bound) =>
    about(p, `${p.input} is too small; give a value ${p.inclusive ? 'of at least' : 'above'} ${p.bound}`),
  setting_too_large: (p: Bound) =>
    about(p, `${p.input} is too large; give a value ${p.inclusive ? 'of at most' : 'below'} ${p.bound}`),
  setting_missing: (p: Setting & { type: string }) => about(p, `is missing; give ${kind(p.type)}`),
  setting_of_kind: (p: Given & { type: string }) => about(p, `${p.input} is not ${kind(p.type)}`),
  setting_unknown: (p: Given) => about(p, `${p.input} is not known`),
  choice_missing: (p: Setting & { choices: readonly string[] }) => about(p, `is missing; choose ${list(p.choices)}`),
  choice_unknown: (p: Given & { choices: readonly string[] }) =>
    about(p, `${p.input} is not known; choose ${list(p.choices)}`),
  name_unknown: (p: Setting & { name: string }) =>
    about(p, `there is no setting \`${p.name}\`${p.near ? '' : ' here'}`),
  name_of_others: (p: Setting & { name: string; chosen: string; choices: readonly string[] }) =>
    about(p, `${p.chosen} has no setting \`${p.name}\`; it belongs to ${list(p.choices)}`),
  shares_too_large: (p: Setting) => about(p, 'train, validation and test shares add up to more than 1'),
  group_and_time: (p: Setting) => about(p, 'group and time cannot both decide which rows go where; give one of them'),
  layers_differ: (p: Setting & { count: number; layers: number }) =>
    about(p, `has ${p.count} values for ${p.layers} hidden layers; give one for all, or one for each`),
  delimiter_unfit: (p: Given) => about(p, `${p.input} cannot separate cells; give a comma, tab, space or the like`),
  comment_unfit: (p: Given) => about(p, `${p.input} cannot begin a comment; give a mark such as #`),
  marks_equal: (p: Setting) => about(p, 'is the decimal mark too; give another'),
  range_empty: (p: Setting) => about(p, 'from has to be below to'),
  range_not_log: (p: Setting) => about(p, 'a log scale starts above 0'),
  targets_of_other_task: (p: Setting) => about(p, 'they are not those of the task'),
  list_not_rising: (p: Setting) => about(p, 'its values have to rise'),
  date_format_unknown: (p: Setting) => about(p, 'it is no format of dates'),
  numbers_not_rising: (p: Setting) => about(p, 'its numbers have to rise'),
  json_too_deep: ({ limit }: { limit: number }) => `it has groups within groups, over ${limit} deep.`,
  json_name_twice: ({ name }: { name: string }) => `\`${name}\` is given twice in one group; keep one of them.`,
  json_name_barred: ({ name }: { name: string }) => `nothing in it may be called \`${name}\`.`,
};
