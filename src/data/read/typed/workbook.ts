/** What an Excel workbook has in it: its parts are the files of a zip archive, and xl/workbook.xml names its sheets. */
import { unzipSync } from 'fflate';
import { binaryFiles } from '../../../messages/en/tables/binary-files.ts';
import { InputError } from '../../../util/errors.ts';
import { machineMemory } from '../../../util/machine-memory.ts';
import { message } from '../../../util/message.ts';
import type { Room } from './room.ts';

const directory = 'xl/workbook.xml';
/** Parts that are read as a whole; a tree of their elements takes some 40 times as much. */
const wholeParts = /^xl\/(?:sharedStrings|styles|workbook)\.xml$|\.rels$|^\[Content_Types\]\.xml$/i;
const largestTree = 2 ** 26;
const treeRatio = 40;

export interface Sheet {
  name: string;
  hidden: boolean;
}

/**
 * Its sheets in order.
 * @throws Error for what is no archive, InputError for what unpacks to too much or is no workbook
 */
export function sheetsIn(bytes: Uint8Array, room: Room, source: string): Sheet[] {
  refuseTwoCounts(bytes);
  const limit = Math.min(largestTree, machineMemory() / treeRatio);
  const parts = unzipSync(bytes, {
    filter({ name, size, originalSize }) {
      room.unpack(originalSize);
      if (originalSize === 0 && size > 2) throw new Error('a part without its length');
      if (wholeParts.test(name) && originalSize > limit) {
        throw new InputError(message(binaryFiles, 'typed_too_large', { source, limit }));
      }
      return name === directory;
    },
  });
  if (!parts[directory]) throw new InputError(message(binaryFiles, 'workbook_other', { source }));
  const text = new TextDecoder().decode(parts[directory]);
  const sheets = Array.from(text.matchAll(/<(?:\w+:)?sheet\s([^>]*)>/g), ([, attributes]) => ({
    name: attributeOf(attributes, 'name'),
    hidden: attributeOf(attributes, 'state').toLowerCase().endsWith('hidden'),
  }));
  if (sheets.length === 0) throw new InputError(message(binaryFiles, 'workbook_empty', { source }));
  return sheets;
}

/** An archive says twice how many parts it has; readers believe the one or the other. */
function refuseTwoCounts(bytes: Uint8Array): void {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 65_557); at -= 1) {
    if (bytes[at] !== 0x50 || bytes[at + 1] !== 0x4b || bytes[at + 2] !== 5 || bytes[at + 3] !== 6) continue;
    const same = bytes[at + 8] === bytes[at + 10] && bytes[at + 9] === bytes[at + 11];
    if (!same) throw new Error('two numbers of parts');
    return;
  }
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function attributeOf(attributes: string, name: string): string {
  const [, , value = ''] = new RegExp(`\\b${name}\\s*=\\s*(["'])(.*?)\\1`, 's').exec(attributes) ?? [];
  return value.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (all, decimal, hexadecimal, entity) => {
    if (entity) return entities[entity] ?? all;
    const code = decimal ? Number(decimal) : Number.parseInt(hexadecimal, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}
