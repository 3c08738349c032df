/**
 * Where bytes or text come from: a string, a file, a stream. All become portions of moderate size, unpacked where they are
 * gzip, with progress told and cancelling heeded between them.
 */
import { reading } from '../../../messages/en/tables/reading.ts';
import { InputError } from '../../../util/errors.ts';
import { message } from '../../../util/message.ts';
import { breather, type Watch } from '../../../util/yielding.ts';

/** What is read: text, a file, a stream of bytes, or a function that opens such a stream, once or again. */
export type CsvInput = string | Blob | AsyncIterable<Uint8Array> | (() => AsyncIterable<Uint8Array>);

/** Bytes, or characters of a text, that are worked on at a time. */
export const portion = 262_144;

/** Whether the input can be read a second time. */
export function isRepeatable(input: CsvInput): boolean {
  return typeof input === 'string' || typeof input === 'function' || input instanceof Blob;
}

/** A string in portions. */
export async function* textPortions(text: string, { progress, signal }: Watch): AsyncGenerator<string> {
  const breathe = breather(signal);
  for (let at = 0; at < text.length; at += portion) {
    yield text.slice(at, at + portion);
    progress?.(Math.min(at + portion, text.length), text.length);
    await breathe();
  }
}

/** Bytes in portions, as they stand in the file. */
export async function* bytePortions(
  input: Exclude<CsvInput, string>,
  source: string,
  { size, progress, signal }: Watch,
): AsyncGenerator<Uint8Array> {
  const breathe = breather(signal);
  const total = input instanceof Blob ? input.size : size;
  const chunks = input instanceof Blob ? blobChunks(input, source) : typeof input === 'function' ? input() : input;
  let bytes = 0;
  let told = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += portion) {
      const part = chunk.subarray(at, at + portion);
      yield part;
      bytes += part.length;
      if (bytes - told >= portion) {
        told = bytes;
        progress?.(bytes, total);
      }
      await breathe();
    }
  }
  if (bytes > told) progress?.(bytes, total);
}

async function* blobChunks(blob: Blob, source: string): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < blob.size; at += portion) {
    const part = await blob
      .slice(at, at + portion)
      .arrayBuffer()
      .catch((error: unknown) => {
        throw new InputError(
          message(reading, 'file_unreadable', {
            source,
            cause: error instanceof Error ? error.message : String(error),
          }),
        );
      });
    yield new Uint8Array(part);
  }
}

/** The beginning of a stream: portions until they make up `least`, or all of them. */
export async function beginning<T extends { length: number }>(portions: AsyncIterator<T>, least: number): Promise<T[]> {
  const parts: T[] = [];
  for (let length = 0; length < least; length += parts[parts.length - 1].length) {
    const { done, value } = await portions.next();
    if (done) break;
    parts.push(value);
  }
  return parts;
}

/** A stream of which the beginning has been taken, whole again. */
export async function* continued<T>(parts: readonly T[], portions: AsyncGenerator<T>): AsyncGenerator<T> {
  yield* parts;
  yield* portions;
}

/** Rows that guesses need at least, and the characters that are gone through for them at most. */
const leastLines = 3;
const largestSample = 2 ** 22;

/** The text that guesses go by: the first portion, or the first rows where they are longer. */
export async function readSample(portions: AsyncGenerator<string>) {
  const parts = await beginning(portions, portion);
  let text = parts.join('');
  if (text.length < portion) return { parts, sample: text, whole: true };
  let end = 0;
  for (let lines = 0; lines < leastLines; ) {
    const found = text.indexOf('\n', end);
    if (found >= 0) {
      end = found + 1;
      lines += 1;
      continue;
    }
    if (text.length > largestSample) return { parts, sample: text.slice(0, largestSample), whole: false };
    const { done, value } = await portions.next();
    if (done) return { parts, sample: text, whole: true };
    parts.push(value);
    text += value;
  }
  return { parts, sample: text.slice(0, Math.max(end, portion)), whole: false };
}

/** Whether bytes begin as those of gzip do. */
export function isGzip(first: Uint8Array): boolean {
  return first[0] === 0x1f && first[1] === 0x8b;
}

/** Tables rarely get a hundred times smaller; zeros do a thousand times, so that a small file could fill the memory. */
export const mostRatio = 500;
/** Unpacked bytes that do no harm. */
export const harmless = 2 ** 25;

/** The bytes that were packed with gzip. @throws InputError where they are damaged, or many times as many as their packing */
export async function* gunzip(chunks: AsyncIterable<Uint8Array>, source: string): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new DecompressionStream('gzip');
  const writer = writable.getWriter();
  const reader = readable.getReader();
  /** What the input itself threw, which is not about gzip. */
  let failure: { reason: unknown } | undefined;
  let packed = 0;
  let unpacked = 0;
  const feeding = feed();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(damaged);
      if (done) break;
      unpacked += value.length;
      if (unpacked > Math.max(harmless, mostRatio * packed)) {
        throw new InputError(message(reading, 'gzip_bomb', { source, most: mostRatio }));
      }
      for (let at = 0; at < value.length; at += portion) yield value.subarray(at, at + portion);
    }
  } finally {
    await reader.cancel().catch(ignored);
    await feeding;
  }

  async function feed(): Promise<void> {
    try {
      for await (const chunk of chunks) {
        packed += chunk.length;
        await writer.write(chunk as Uint8Array<ArrayBuffer>).catch(stop);
      }
      await writer.close().catch(ignored);
    } catch (reason) {
      if (reason !== stopped) failure = { reason };
      await writer.abort(reason).catch(ignored);
    }
  }

  function damaged(): never {
    if (failure) throw failure.reason;
    throw new InputError(message(reading, 'gzip_damaged', { source }));
  }
}

/** Ends feeding: the reader knows why. */
const stopped = new Error('the unpacked bytes are wanted no more');

function stop(): never {
  throw stopped;
}

/** The other end of the stream reports the same failure. */
function ignored(): void {}
