/** An Excel workbook of one sheet, by the text of its parts. */
import { zipSync } from 'fflate';
import { utf8 } from './csv-tables.ts';

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';

export interface Parts {
  /** Within `sheetData`. */
  rows: string;
  /** Within `sst`. */
  strings?: string;
  /** Within `sheets`. */
  sheets?: string;
}

export function workbook({
  rows,
  strings = '',
  sheets = '<sheet name="A" sheetId="1" r:id="rId1"/>',
}: Parts): Uint8Array {
  const related = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`;
  const relations = (all: string) => `<Relationships xmlns="${packages}/relationships">${all}</Relationships>`;
  const parts = {
    '[Content_Types].xml': `<Types xmlns="${packages}/content-types"/>`,
    '_rels/.rels': relations(related('rId1', 'officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml': `<workbook ${main} xmlns:r="${office}"><sheets>${sheets}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      related('rId1', 'worksheet', 'worksheets/sheet1.xml') + related('rId2', 'sharedStrings', 'sharedStrings.xml'),
    ),
    'xl/sharedStrings.xml': `<sst ${main}>${strings}</sst>`,
    'xl/worksheets/sheet1.xml': `<worksheet ${main}><sheetData>${rows}</sheetData></worksheet>`,
  };
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, utf8(text)])));
}
