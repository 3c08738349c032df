/**
 * Files that are no text, told by how they begin: tables whose cells have types, which are read, and others, of which a person
 * learns what they are and what to do.
 */
import { binaryFiles, type fileKinds } from '../../../messages/en/tables/binary-files.ts';
import { InputError } from '../../../util/errors.ts';
import { message } from '../../../util/message.ts';
import { markedEncoding } from './encoding.ts';

/** Tables whose cells are values with a type, where a text would have characters. */
export type TypedKind = 'arrow' | 'parquet' | 'xlsx';

/** What stands where in a file: characters for bytes, at 0 unless a place is given. */
type Bytes = [begins: string, also?: [at: number, text: string]];

const zip = 'PK\x03\x04';

const typedTables: [is: TypedKind, ...Bytes][] = [
  ['xlsx', zip, [30, '[Content_Types].xml']],
  ['xlsx', zip, [30, 'xl/']],
  ['xlsx', zip, [30, '_rels/']],
  ['xlsx', zip, [30, 'docProps/']],
  ['parquet', 'PAR1'],
  ['arrow', 'ARROW1\0'],
  // A stream of messages: the mark of each, and how long the first is, which is less than 16 MB.
  ['arrow', '\xff\xff\xff\xff', [7, '\0']],
];

/** What a file is, and what to do about it; the first that fits counts. */
const others: [is: keyof typeof fileKinds, todo: 'save' | 'unpack' | 'open', ...Bytes][] = [
  ['open_document', 'save', zip, [30, 'mimetypeapplication/vnd.oasis.opendocument']],
  ['zip', 'unpack', zip],
  ['old_excel', 'save', '\xd0\xcf\x11\xe0'],
  ['pdf', 'save', '%PDF-'],
  ['old_feather', 'save', 'FEA1'],
  ['hdf5', 'save', '\x89HDF\r\n'],
  ['numpy', 'save', '\x93NUMPY'],
  ['matlab', 'save', 'MATLAB 5.0 MAT-file'],
  ['spss', 'save', '$FL2@(#)'],
  ['stata', 'save', '<stata_dta>'],
  ['pickle', 'save', '\x80\x02'],
  ['pickle', 'save', '\x80\x03'],
  ['pickle', 'save', '\x80\x04\x95'],
  ['pickle', 'save', '\x80\x05\x95'],
  ['rich_text', 'save', '{\\rtf'],
  ['sqlite', 'save', 'SQLite format 3\0'],
  ['tar', 'unpack', '', [257, 'ustar']],
  ['seven_zip', 'unpack', "7z\xbc\xaf'\x1c"],
  ['rar', 'unpack', 'Rar!\x1a\x07'],
  ['bzip2', 'unpack', 'BZh91AY&SY'],
  ['xz', 'unpack', '\xfd7zXZ\0'],
  ['zstd', 'unpack', '\x28\xb5\x2f\xfd'],
  ['image', 'open', '\x89PNG'],
  ['image', 'open', 'GIF8'],
  ['image', 'open', '\xff\xd8\xff'],
  ['image', 'open', 'II*\0'],
  ['image', 'open', 'MM\0*'],
  // Sound and films are RIFF too.
  ['image', 'open', 'RIFF', [8, 'WEBP']],
];

/** @throws InputError for bytes that no table of text begins with */
export function refuseBinary(sample: Uint8Array, source: string): void {
  const found = others.find(([, , ...bytes]) => begins(sample, bytes));
  if (found) throw new InputError(message(binaryFiles, 'file_binary', { source, kind: found[0], todo: found[1] }));
  if (markedEncoding(sample)?.startsWith('utf-16') || !sample.includes(0)) return;
  // Letters and digits of the first alphabets are every other byte 0 in UTF-16.
  const zeros = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] += 1;
  });
  const [most, least] = zeros[0] > zeros[1] ? zeros : [zeros[1], zeros[0]];
  if (most > sample.length / 8 && least === 0) {
    throw new InputError(
      message(binaryFiles, 'encoding_unmarked', { source, encoding: zeros[0] > 0 ? 'utf-16be' : 'utf-16le' }),
    );
  }
  throw new InputError(message(binaryFiles, 'file_binary', { source, kind: 'binary', todo: 'save' }));
}

/** Which of them the file is; undefined for any other. */
export function typedKind(sample: Uint8Array): TypedKind | undefined {
  return typedTables.find(([, ...bytes]) => begins(sample, bytes))?.[0];
}

function begins(sample: Uint8Array, [start, also]: Bytes): boolean {
  return stands(sample, 0, start) && (!also || stands(sample, ...also));
}

function stands(sample: Uint8Array, at: number, text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (sample[at + index] !== text.charCodeAt(index)) return false;
  }
  return true;
}
