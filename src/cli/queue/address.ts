/** `--queue`, and what is said of it. */
import { Option } from 'commander';
import { parseAddress, passwordVariable, type QueueAddress } from '../../queue/address.ts';
import { openQueue, type QueueConnection } from '../../queue/connection.ts';
import { inLanguage } from '../language.ts';
import { printError } from '../output/terminal.ts';

export const queueOption = (help: string) => new Option('--queue <url>', help);

/** @throws InputError where it is none */
export function addressFrom(url: string): QueueAddress {
  return parseAddress(url, process.env[passwordVariable]);
}

/** @throws InputError where the server cannot be used */
export function connect(address: QueueAddress): Promise<QueueConnection> {
  return openQueue(address, { version: __VERSION__, say: (said) => printError(inLanguage(said)) });
}
