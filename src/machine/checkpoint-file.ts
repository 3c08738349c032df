/**
 * The bytes of a checkpoint file. A flipped bit, a cut file or one of another kind is recognised before anything of it is used:
 *
 *    0   8 bytes   "PLCKPT" CR LF
 *    8   uint32    version of this format, little-endian
 *   12   uint64    length of the payload, little-endian
 *   20  32 bytes   SHA-256 of the payload
 *   52             payload: the value in the format of structured clone (`node:v8`), which keeps every bit of typed arrays and the
 *                  numbers that JSON has no word for
 */
import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import { cli } from '../messages/en/command-line/cli.ts';
import type { ValueProblem } from '../messages/en/training/sweeps.ts';
import { RunError } from '../util/errors.ts';
import { message } from '../util/message.ts';

const magic = Buffer.from('PLCKPT\r\n', 'latin1');
const formatVersion = 1;
const headerLength = 52;

/** Node reads no longer file at once. */
const longestFile = 2 ** 31 - 1;

/** In order, for a file. @throws RunError where it would be too long to be read again */
export function encodeCheckpoint(value: unknown, longest = longestFile): Uint8Array[] {
  const payload = serialize(value);
  const size = headerLength + payload.length;
  if (size > longest) throw new RunError(message(cli, 'checkpoint_too_long', { size, limit: longest }));
  const header = Buffer.alloc(headerLength);
  magic.copy(header);
  header.writeUInt32LE(formatVersion, 8);
  header.writeBigUInt64LE(BigInt(payload.length), 12);
  digest(payload).copy(header, 20);
  return [header, payload];
}

/** The value, or why there is none. */
export function decodeCheckpoint(bytes: Uint8Array): { value: unknown } | { problem: ValueProblem } {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const problem = problemOf(file);
  if (problem) return { problem };
  try {
    return { value: deserialize(file.subarray(headerLength)) };
  } catch {
    // Written so: its checksum is right.
    return { problem: 'contents' };
  }
}

function problemOf(file: Buffer): ValueProblem | undefined {
  if (file.length === 0) return 'empty';
  if (isPlainClone(file)) return 'earlier_format';
  const start = file.subarray(0, magic.length);
  if (!start.equals(magic.subarray(0, start.length))) return 'foreign';
  if (file.length < headerLength) return 'cut';
  if (file.readUInt32LE(8) !== formatVersion) return 'version';
  const payload = file.subarray(headerLength);
  if (file.readBigUInt64LE(12) !== BigInt(payload.length)) return 'cut';
  return digest(payload).equals(file.subarray(20, headerLength)) ? undefined : 'damaged';
}

/** Earlier versions wrote the payload alone, which begins with its own version: 13 to 15 so far. */
function isPlainClone(file: Buffer): boolean {
  return file[0] === 0xff && file[1] >= 13 && file[1] <= 15;
}

function digest(payload: Uint8Array): Buffer {
  return createHash('sha256').update(payload).digest();
}
