/**
 * How help is laid out: options in a column of their own, long ones with their description below; a description's
 * facts (range, unit, default: what follows its line break) stand beside the sentence where there is room, else below.
 */
import type { Help, HelpConfiguration } from 'commander';
import { accent, faint, width, wrapped } from './output.ts';

export const helpFormat: HelpConfiguration = {
  helpWidth: width(),
  styleTitle: accent,
  padWidth(command, helper) {
    const terms = [
      ...helper.visibleOptions(command).map((option) => helper.optionTerm(option).length),
      ...helper.visibleCommands(command).map((sub) => helper.subcommandTerm(sub).length),
      ...helper.visibleArguments(command).map((argument) => helper.argumentTerm(argument).length),
    ];
    return Math.min(Math.max(...terms), width() < 90 ? 26 : 32);
  },
  formatItem(term: string, termWidth: number, description: string, helper: Help) {
    const indent = 2 + termWidth + 2;
    const [sentence, facts] = description.split('\n');
    const together = sentence.length + facts?.length + 2 <= width() - indent;
    const lines = [wrapped(sentence, indent), ...(facts ? [faint(wrapped(facts, indent))] : [])];
    const text = lines.join(together ? '  ' : `\n${' '.repeat(indent)}`);
    const fits = helper.displayWidth(term) <= termWidth;
    return fits ? `  ${term.padEnd(termWidth)}  ${text}` : `  ${term}\n${' '.repeat(indent)}${text}`;
  },
};

/** Paragraphs and examples below the list of options; examples are kept as they are. */
export function closing(paragraphs: string[], examples: string[] = []): string {
  const block = examples.length > 0 ? [[accent('Examples:'), ...examples.map((line) => `  ${line}`)].join('\n')] : [];
  return `\n${[...paragraphs.map((paragraph) => wrapped(paragraph)), ...block].join('\n\n')}\n`;
}
