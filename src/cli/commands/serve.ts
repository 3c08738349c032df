/**
 * `serve`: opens the lab. The built page lies beside the command; it is served to this machine alone, with `--queue` together
 * with how a queue stands.
 */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Command, Option } from 'commander';
import { cli } from '../../messages/en/command-line/cli.ts';
import { summary } from '../../messages/en/command-line/summary.ts';
import { InputError } from '../../util/errors.ts';
import { type Message, message } from '../../util/message.ts';
import { interruptible } from '../interrupt.ts';
import { inLanguage, language } from '../language.ts';
import { openInBrowser } from '../open.ts';
import { closing } from '../output/help.ts';
import { print } from '../output/output.ts';
import { answerFor, type Page, readPage } from '../page-server.ts';
import { addressFrom, connect, queueOption } from '../queue/address.ts';

interface Flags {
  port?: string;
  open: boolean;
  queue?: string;
}

/** By number: a machine may have no name for itself, and nobody else is to be served. */
const host = '127.0.0.1';
const firstPort = 4173;
/** Ports tried after the first, when nobody asked for one. */
const spares = 20;

const note =
  'The page is served on 127.0.0.1 alone, and so is the state of the queue: workers, jobs and the sweeps that were sent there, which the page can only read. The password stays with the command; it may be given in PERCEPTRON_LAB_QUEUE_PASSWORD instead of the address.';

export function define(command: Command): void {
  command
    .addHelpText('after', () => closing([note], ['perceptron-lab serve --queue redis://redis.lan:6379']))
    .addOption(queueOption('Show the sweeps on this Redis server as they train'))
    .addOption(new Option('--port <n>', `The port to serve on\ndefault ${firstPort}, or the next one that is free`))
    .addOption(new Option('--no-open', 'Do not open a browser'))
    .action(serve);
}

async function serve({ port, open, queue }: Flags): Promise<void> {
  const folder = join(dirname(fileURLToPath(import.meta.url)), '../lab');
  if (!existsSync(join(folder, 'index.html'))) {
    throw new InputError(message(cli, 'page_not_built', { folder }));
  }
  const page = readPage(folder);
  if (queue !== undefined) return serveQueue(page, queue, { port, open });
  await start(createServer(answerFor(page)), { port, open });
}

/** Until it is ended by hand. @throws InputError where the queue cannot be used */
async function serveQueue(page: Page, address: string, flags: Flags): Promise<void> {
  const [{ watchQueue }, { streamOf, streamPath }] = await Promise.all([
    import('../../queue/watch.ts'),
    import('../queue/stream.ts'),
  ]);
  const connection = await connect(addressFrom(address));
  const watch = watchQueue(connection);
  const server = createServer(answerFor(page, { [streamPath]: streamOf(watch) }));
  const closed = once(server, 'close');
  const end = () => {
    server.close();
    // Pages listen without end.
    server.closeAllConnections();
  };
  try {
    await start(server, flags, ['queue']);
    await interruptible(
      end,
      () => {},
      () => closed,
    );
  } finally {
    connection.close();
    await watch.close();
  }
}

/** @param words that the page finds in its address */
async function start(server: Server, { port, open }: Flags, words: string[] = []): Promise<void> {
  const spoken = language();
  // The page takes the language out of its address, and remembers it.
  const all = [...words, ...(spoken === 'en' ? [] : [`lang=${spoken}`])];
  const address = `http://${host}:${await listen(server, port)}/${all.length > 0 ? `?${all.join('&')}` : ''}`;
  const opened = open && openInBrowser(address);
  print(`${inLanguage(message(summary, opened ? 'lab_opened' : 'lab_served', { address }))}\n`);
}

/** Listens on the port asked for, or on the first free one; resolves with it. */
async function listen(server: Server, asked: string | undefined): Promise<number> {
  const port = asked === undefined ? firstPort : Number(asked);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new InputError(message(cli, 'port_invalid', { text: asked ?? '' }), 'port');
  }
  for (let tried = port; ; tried++) {
    const taken = await listenOn(server, tried);
    if (!taken) {
      const address = server.address();
      return typeof address === 'object' && address ? address.port : tried;
    }
    if (asked !== undefined || tried >= port + spares) {
      throw new InputError(taken, 'port');
    }
  }
}

/** Undefined when it listens, else why it cannot. */
function listenOn(server: Server, port: number): Promise<Message | undefined> {
  return new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException) =>
      resolve(
        error.code === 'EADDRINUSE'
          ? message(cli, 'port_in_use', { port })
          : message(cli, 'port_refused', { port, detail: error.message }),
      );
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      resolve(undefined);
    });
  });
}
