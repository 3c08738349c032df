/** How help is laid out: options in a column of their own, long ones with their description on the line below. */
import type { Help, HelpConfiguration } from 'commander';

/** Wide enough for most options, narrow enough to leave room for what they do. */
const termColumn = 32;
const widest = 100;

export const helpFormat: HelpConfiguration = {
  helpWidth: Math.min(process.stdout.columns ?? widest, widest),
  padWidth(command, helper) {
    const terms = [
      ...helper.visibleOptions(command).map((option) => helper.optionTerm(option).length),
      ...helper.visibleCommands(command).map((sub) => helper.subcommandTerm(sub).length),
      ...helper.visibleArguments(command).map((argument) => helper.argumentTerm(argument).length),
    ];
    return Math.min(Math.max(...terms), termColumn);
  },
  formatItem(term: string, termWidth: number, description: string, helper: Help) {
    const indent = ' '.repeat(2 + termWidth + 2);
    const width = Math.max(20, (helper.helpWidth ?? widest) - indent.length);
    const text = helper.boxWrap(description, width).replaceAll('\n', `\n${indent}`);
    const fits = helper.displayWidth(term) <= termWidth;
    if (!description) return `  ${term}`;
    return fits ? `  ${term.padEnd(termWidth)}  ${text}` : `  ${term}\n${indent}${text}`;
  },
};
