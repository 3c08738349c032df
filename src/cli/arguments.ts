/**
 * The words as typed, brought into the form in which options are declared: hyphens for underscores, whole paths,
 * `--no-shuffle`, and the name of a group or switch that is followed by something which is not its value.
 */
import type { Option } from 'commander';
import { cli } from '../messages/en/command-line/cli.ts';
import { withoutSections } from '../spec/fields.ts';
import { InputError } from '../util/errors.ts';
import { message } from '../util/message.ts';
import { nearest } from '../util/nearest.ts';
import { groups, settingOptions } from './options.ts';

/** @throws InputError about the first option that is not known. */
export function normalizeArguments(words: string[], options: readonly Option[]): string[] {
  const known = new Map(options.flatMap((option) => (option.long ? [[option.long.slice(2), option] as const] : [])));
  if (known.size === 0) return words;
  const result: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (word === '--') return [...result, ...words.slice(index)];
    const [, typed, value] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (typed === undefined) {
      result.push(word);
      continue;
    }
    const name = knownName(typed, known);
    const option = known.get(name);
    if (!option) {
      const off = knownName(typed.replace(/^no[-_]/, ''), known);
      if (!isSwitch(off)) throw unknownOption(typed, [...known.keys()]);
      result.push(`--${off}=false`);
    } else if (value !== undefined) {
      result.push(`--${name}=${value}`);
    } else if (isSwitch(name)) {
      const next = words[index + 1] ?? '';
      const takesNext = option.optional ? isGroupValue(next) : next !== '' && !next.startsWith('-');
      result.push(`--${name}=${takesNext ? next : 'true'}`);
      if (takesNext) index += 1;
    } else {
      result.push(`--${name}`);
      if (!option.required || index + 1 === words.length) continue;
      const next = words[++index];
      // No value looks like an option that there is.
      if (next.startsWith('--') && known.has(knownName(next.slice(2), known))) throw withoutValue(option);
      result.push(next);
    }
  }
  return result;
}

/** Settings that are on or off. */
function isSwitch(name: string): boolean {
  return (
    groups.includes(name) || settingOptions.some((option) => option.name === name && option.field.type === 'boolean')
  );
}

/** Anything else that follows a group's name is a word of its own, such as the FILE. */
function isGroupValue(word: string): boolean {
  return /^(true|false)$/.test(word) || (word.trim() !== '' && Number.isFinite(Number(word)));
}

function knownName(typed: string, known: ReadonlyMap<string, unknown>): string {
  if (known.has(typed)) return typed;
  const underscored = typed.replaceAll('-', '_');
  const short = settingOptions.find(({ field }) => field.path === underscored)?.name ?? withoutSections(underscored);
  return known.has(short) ? short : underscored;
}

function withoutValue({ long, flags }: Option): InputError {
  const value = /<[^>]*>/.exec(flags)?.[0] ?? '<value>';
  return new InputError(message(cli, 'option_without_value', { option: long ?? flags, value }));
}

function unknownOption(typed: string, names: string[]): InputError {
  const word = typed.replaceAll('-', '_');
  const close = names.find((name) => name.split('.').at(-1) === word) ?? nearest(word, names);
  return new InputError(message(cli, 'option_unknown', { option: `--${typed}`, near: close && `--${close}` }));
}
