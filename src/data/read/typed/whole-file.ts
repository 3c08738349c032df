/** A file in one piece: the directory of what is in it stands at its end. */
import { binaryFiles } from '../../../messages/en/tables/binary-files.ts';
import { concatBytes } from '../../../util/arrays.ts';
import { InputError } from '../../../util/errors.ts';
import { machineMemory } from '../../../util/machine-memory.ts';
import { message } from '../../../util/message.ts';

/** What browsers and Node hold in one buffer. */
const largest = 2 ** 31 - 1;
/** Of the memory that there is: the table that is made of the file needs the rest. */
const share = 0.4;

/** @throws InputError where the bytes are more than memory has room for */
export async function wholeFile(portions: AsyncIterable<Uint8Array>, source: string): Promise<Uint8Array> {
  const limit = Math.min(largest, Math.floor(share * machineMemory()));
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of portions) {
    length += part.length;
    if (length > limit) throw new InputError(message(binaryFiles, 'typed_too_large', { source, limit }));
    parts.push(part);
  }
  return concatBytes(parts);
}
