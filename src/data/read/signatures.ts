/** Files that are no text: told by how they begin, so that a person learns what they are and what to do. */
import { InputError } from '../../util/errors.ts';
import { markedEncoding } from './encoding.ts';

const save = 'save the table as CSV (comma-separated values) first';
const unpack = 'unpack it first';
const open = 'open a text file such as CSV';

/** What a file is, what to do about it, and what stands where in it: characters for bytes, at 0 unless a place is given. */
type Signature = [is: string, todo: string, begins: string, also?: [at: number, text: string]];

const zip = 'PK\x03\x04';

/** The first that fits counts. */
const signatures: Signature[] = [
  ['an Excel workbook', save, zip, [30, '[Content_Types].xml']],
  ['an Excel workbook', save, zip, [30, 'xl/']],
  ['an Excel workbook', save, zip, [30, '_rels/']],
  ['an Excel workbook', save, zip, [30, 'docProps/']],
  ['an OpenDocument file', save, zip, [30, 'mimetypeapplication/vnd.oasis.opendocument']],
  ['a zip archive', unpack, zip],
  ['an old Excel workbook', save, '\xd0\xcf\x11\xe0'],
  ['a PDF document', save, '%PDF-'],
  ['a Parquet file', save, 'PAR1'],
  ['an Arrow file', save, 'ARROW1\0'],
  ['an HDF5 file', save, '\x89HDF\r\n'],
  ['a NumPy file', save, '\x93NUMPY'],
  ['a MATLAB file', save, 'MATLAB 5.0 MAT-file'],
  ['an SPSS file', save, '$FL2@(#)'],
  ['a Stata file', save, '<stata_dta>'],
  ['an SQLite database', save, 'SQLite format 3\0'],
  ['a tar archive', unpack, '', [257, 'ustar']],
  ['an archive of 7z', unpack, "7z\xbc\xaf'\x1c"],
  ['a RAR archive', unpack, 'Rar!\x1a\x07'],
  ['a bzip2 archive', unpack, 'BZh91AY&SY'],
  ['an xz archive', unpack, '\xfd7zXZ\0'],
  ['a zstd archive', unpack, '\x28\xb5\x2f\xfd'],
  ['an image', open, '\x89PNG'],
  ['an image', open, 'GIF8'],
  ['an image', open, '\xff\xd8\xff'],
  ['an image', open, 'II*\0'],
  ['an image', open, 'MM\0*'],
  // Sound and films are RIFF too.
  ['an image', open, 'RIFF', [8, 'WEBP']],
];

/** @throws InputError for bytes that no table of text begins with */
export function refuseBinary(sample: Uint8Array, source: string): void {
  const found = signatures.find(([, , begins, also]) => stands(0, begins) && (!also || stands(...also)));
  if (found) throw new InputError(`${source} is ${found[0]}, not a text file; ${found[1]}.`);
  if (markedEncoding(sample)?.startsWith('utf-16') || !sample.includes(0)) return;
  // Letters and digits of the first alphabets are every other byte 0 in UTF-16.
  const zeros = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] += 1;
  });
  const [most, least] = zeros[0] > zeros[1] ? zeros : [zeros[1], zeros[0]];
  if (most > sample.length / 8 && least === 0) {
    throw new InputError(
      `${source} seems to be UTF-16 text without a byte order mark; save it again as "CSV UTF-8", or give encoding ${zeros[0] > 0 ? 'utf-16be' : 'utf-16le'}.`,
    );
  }
  throw new InputError(`${source} is a binary file, not a text file; ${save}.`);

  function stands(at: number, text: string): boolean {
    for (let index = 0; index < text.length; index += 1) {
      if (sample[at + index] !== text.charCodeAt(index)) return false;
    }
    return true;
  }
}
