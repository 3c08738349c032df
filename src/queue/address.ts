/** Where a queue is: the address of a Redis server, whose password is in nothing that is said or sent. */
import { isIP } from 'node:net';
import type { RedisOptions } from 'bullmq';
import { queue } from '../messages/en/command-line/queue.ts';
import { InputError } from '../util/errors.ts';
import { message } from '../util/message.ts';

export interface QueueAddress {
  /** Without user and password, for people. */
  name: string;
  options: RedisOptions;
}

/** The password of an address that has none. */
export const passwordVariable = 'PERCEPTRON_LAB_QUEUE_PASSWORD';

/**
 * @param password of an address that has none, which other users of the machine see in no list of processes
 * @throws InputError that does not quote the address
 */
export function parseAddress(text: string, password?: string): QueueAddress {
  const refused = new InputError(message(queue, 'queue_address'), 'queue');
  if (!URL.canParse(text)) throw refused;
  const url = new URL(text);
  const database = /^(?:\/(\d*))?$/.exec(url.pathname);
  const isRedis = url.protocol === 'redis:' || url.protocol === 'rediss:';
  if (!isRedis || !database || url.hostname === '' || url.search || url.hash) throw refused;
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = Number(url.port || 6379);
  const db = Number(database[1] || 0);
  const given = decoded(url.password);
  const user = decoded(url.username);
  if (given === undefined || user === undefined) throw refused;
  return {
    name: `${url.protocol}//${url.hostname}:${port}/${db}`,
    options: {
      host,
      port,
      db,
      // Of either family.
      family: 0,
      ...(user ? { username: user } : {}),
      ...(given || password ? { password: given || password } : {}),
      // A server is asked for by name, which an address is none.
      ...(url.protocol === 'rediss:' ? { tls: isIP(host) ? {} : { servername: host } } : {}),
    },
  };
}

/** A word of a command as it may be written down: an address in it without its user and password. */
export function withoutPassword(word: string): string {
  return word.replace(/(rediss?:\/\/)[^/?#]*@/i, '$1');
}

/** Undefined where it is not written as an address asks for. */
function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
