#!/usr/bin/env node
/**
 * The command line, from the words typed to the exit code: 0 done, 1 the run failed, 2 bad usage or bad input, 130
 * interrupted. Results go to standard output and nothing else does; progress and errors go to standard error.
 *
 * Only the command that is asked for is loaded, so `--version` and a mistyped word answer at once.
 */
import { Command } from 'commander';
import { cli } from '../messages/en/command-line/cli.ts';
import { InputError } from '../util/errors.ts';
import { message } from '../util/message.ts';
import { nearest } from '../util/nearest.ts';
import { type Failure, failureOf } from './failures.ts';
import { languages, takeLanguage } from './language.ts';
import { closing, helpFormat } from './output/help.ts';
import { printError } from './output/terminal.ts';

const commands: Record<string, { summary: string; load: () => Promise<{ define(command: Command): void }> }> = {
  train: { summary: 'Train a network on a CSV file', load: () => import('./commands/train.ts') },
  fit: {
    summary: 'Find the best model of a CSV file by itself: an ensemble, calibrated, with intervals',
    load: () => import('./commands/fit.ts'),
  },
  predict: {
    summary: 'Add predictions of a trained model to the rows of a CSV file',
    load: () => import('./commands/predict.ts'),
  },
  export: {
    summary: 'Write a trained model as files for other programs',
    load: () => import('./commands/export.ts'),
  },
  sweep: {
    summary: 'Train many networks that differ in settings, seeds and folds, and compare them',
    load: () => import('./commands/sweep.ts'),
  },
  worker: {
    summary: 'Train on this machine what sweeps and fits have sent to a queue',
    load: () => import('./commands/worker.ts'),
  },
  merge: {
    summary: 'Put the shards of a sweep or a fit together that machines have trained',
    load: () => import('./commands/merge.ts'),
  },
  queue: { summary: 'Say how a queue and its workers stand, or clear it', load: () => import('./commands/queue.ts') },
  describe: { summary: 'Say what the columns of a CSV file hold', load: () => import('./commands/describe.ts') },
  evaluate: {
    summary: 'Score a trained model on the rows of a CSV file with known answers',
    load: () => import('./commands/evaluate.ts'),
  },
  report: {
    summary: 'Repeat the founding experiment, and check its findings one by one',
    load: () => import('./commands/report.ts'),
  },
  serve: { summary: 'Open the lab, a page that trains and shows it', load: () => import('./commands/serve.ts') },
  doctor: { summary: 'Say what this machine can train on, and why', load: () => import('./commands/doctor.ts') },
};

const verbose = ['--verbose', 'Print the stack of an error'] as const;
/** Taken out of the words before they are parsed: it is here for the help. */
const lang = [
  '--lang <language>',
  `The language of results and errors, and of the page that serve opens\n${languages.join(', ')}; default en`,
] as const;

async function main(typed: string[]): Promise<void> {
  const words = await takeLanguage(typed);
  const program = new Command('perceptron-lab')
    .description('Trains multi-layer perceptrons on your own table, on your own GPU.')
    .version(__VERSION__, '-V, --version', 'Print the version')
    .helpOption('-h, --help', 'Print this help')
    .helpCommand('help [command]', 'Print the help of a command')
    .option(...verbose)
    .option(...lang)
    .configureHelp(helpFormat)
    .configureOutput({ outputError: () => {} })
    .exitOverride()
    .addHelpText('after', () => closing(['A command has its own help: perceptron-lab train --help']));
  for (const [name, { summary }] of Object.entries(commands)) program.command(name).description(summary);

  const name = commandIn(words);
  const command = program.commands.find((known) => known.name() === name);
  if (!name || !command) {
    await program.parseAsync(words, { from: 'user' });
    return;
  }
  const [{ define }, { normalizeArguments }] = await Promise.all([commands[name].load(), import('./arguments.ts')]);
  define(command);
  command
    .option(...verbose)
    .option(...lang)
    .helpOption('-h, --help', 'Print this help')
    .allowExcessArguments()
    .hook('preAction', refuseExtraArguments);
  const options = [...command.options, command.createOption('--help'), command.createOption('--version')];
  await program.parseAsync(normalizeArguments(words, options), { from: 'user' });
}

/** The command asked for, or asked about, in the words typed. */
function commandIn(words: string[]): string | undefined {
  const plain = words.filter((word) => !word.startsWith('-'));
  const name = plain[0] === 'help' ? plain[1] : plain[0];
  if (name === undefined || name === 'help' || Object.hasOwn(commands, name)) return name;
  const close = nearest(name, [...Object.keys(commands), 'help']);
  throw new InputError(message(cli, 'command_unknown', { name, near: close }));
}

function refuseExtraArguments(command: Command): void {
  if (command.registeredArguments.at(-1)?.variadic) return;
  const extra = command.args[command.registeredArguments.length];
  if (extra === undefined) return;
  throw new InputError(message(cli, 'word_superfluous', { command: command.name(), text: extra }));
}

function report({ message: said, stack, exitCode }: Failure, verbose: boolean): void {
  if (said) printError(verbose && stack ? stack : said);
  process.exitCode = exitCode;
}

/** A reader that has seen enough, as in `| head`, is no error; a full disk is. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') report(failureOf(error, 'output'), false);
  process.exit();
});

const words = process.argv.slice(2);
main(words).catch((error) => report(failureOf(error), words.includes('--verbose')));
