/** What the files of other programs do not show (test/typed-files): odd workbooks, and rows that are written back. */
import { readFileSync } from 'node:fs';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../../src/data/read/csv.ts';
import { withRawCsv } from '../../../../src/data/read/raw-csv.ts';
import type { Table } from '../../../../src/data/table/table.ts';
import { isMissing, textOf } from '../../../../src/data/table/table.ts';
import { workbook } from '../../../support/data/workbook.ts';

const blobOf = (bytes: Uint8Array) => new Blob([bytes as Uint8Array<ArrayBuffer>]);
const fileOf = (name: string) => new Uint8Array(readFileSync(new URL(`../../../typed-files/${name}`, import.meta.url)));
const read = (bytes: Uint8Array) => readCsv(blobOf(bytes), { source: 'file' });

function cells(table: Table): string[][] {
  return Array.from({ length: table.rows }, (_, row) =>
    table.columns.map((column) => (isMissing(column, row) ? '-' : textOf(column, row))),
  );
}

const text = (cell: string, letters: string) => `<c r="${cell}" t="inlineStr"><is><t>${letters}</t></is></c>`;
const number = (cell: string, value: number) => `<c r="${cell}"><v>${value}</v></c>`;
const header = `<row r="1">${text('A1', 'x')}${text('B1', 'y')}</row>`;

describe('a workbook', () => {
  it('has formulas by the value they had, and errors as missing cells', async () => {
    const rows = [
      header,
      `<row r="2">${number('A2', 1)}<c r="B2"><f>A2*2</f><v>2</v></c></row>`,
      `<row r="3">${number('A3', 3)}<c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>`,
      `<row r="4">${number('A4', 5)}<c r="B4" t="e"><v>#SPILL!</v></c></row>`,
      `<row r="5">${number('A5', 7)}<c r="B5"><f>NOW()</f></c></row>`,
    ];
    const table = await read(workbook({ rows: rows.join('') }));
    expect(cells(table)).toEqual([
      ['1', '2'],
      ['3', '-'],
      ['5', '-'],
      ['7', '-'],
    ]);
    expect(table.columns[1]).toMatchObject({
      markers: [
        { text: '#DIV/0!', count: 1 },
        { text: '#N/A', count: 1 },
      ],
    });
  });

  it('has shared texts, rich ones among them, without the cells and rows that hold nothing', async () => {
    const strings = '<si><t>a &amp; b</t></si><si><r><t>ri</t></r><r><rPr><b/></rPr><t>ch</t></r></si>';
    const rows = `${header}<row r="4">${number('A4', 1)}<c r="B4" t="s"><v>0</v></c><c r="F4" s="1"/></row><row><c><v>2</v></c><c t="s"><v>1</v></c></row>`;
    const table = await read(workbook({ rows, strings }));
    expect(cells(table)).toEqual([
      ['1', 'a & b'],
      ['2', 'rich'],
    ]);
    expect([table.rowsBefore, ...(table.blank ?? [])]).toEqual([1, 0, 1]);
  });

  it('has as many columns as its widest row, and may have none at the end of others', async () => {
    const rows = `${header}${[2, 3].map((row) => `<row r="${row}">${number(`A${row}`, row)}${number(`C${row}`, 9)}</row>`).join('')}`;
    const table = await read(workbook({ rows }));
    expect(table.columns.map(({ name }) => name)).toEqual(['x', 'y', 'column_3']);
    expect(cells(table)).toEqual([
      ['2', '-', '9'],
      ['3', '-', '9'],
    ]);
  });

  it('may hide all of its sheets, and is none without any', async () => {
    const rows = `${header}<row r="2">${number('A2', 1)}${number('B2', 2)}</row>`;
    const hidden = '<sheet name="A &quot;1&quot;" sheetId="1" state="veryHidden" r:id="rId1"/>';
    expect(cells(await read(workbook({ rows, sheets: hidden })))).toEqual([['1', '2']]);
    await expect(read(workbook({ rows, sheets: '' }))).rejects.toMatchObject({ code: 'workbook_empty' });
    const letter = zipSync({ '[Content_Types].xml': strToU8('<Types/>'), 'word/document.xml': strToU8('<document/>') });
    await expect(read(letter)).rejects.toMatchObject({ code: 'workbook_other' });
  });

  it('is refused for rows out of order, and where its archive is of two minds', async () => {
    const rows = `<row r="2">${number('A2', 1)}</row><row r="1">${number('A1', 1)}</row>`;
    await expect(read(workbook({ rows }))).rejects.toMatchObject({ code: 'typed_damaged' });
    const bytes = workbook({ rows: header });
    bytes[bytes.length - 14] += 1;
    await expect(read(bytes)).rejects.toMatchObject({ code: 'typed_damaged' });
  });
});

describe('rows that are written back', () => {
  const lines = async (name: string) =>
    withRawCsv(blobOf(fileOf(name)), { source: name }, async ({ blocks, form, header: top, names }) => {
      const all: string[] = top === undefined ? [] : [top];
      const kinds = new Map(names.map((column) => [column, 'text' as const]));
      for await (const block of blocks(kinds)) all.push(...block.lines.map((line) => line.text));
      return { all, bom: form.bom };
    });

  it('are CSV of the cells of a sheet, in the places that they have there', async () => {
    expect(await lines('openpyxl.xlsx')).toEqual({
      bom: true,
      all: [
        '',
        '',
        'day,when,amount,good,name,code,time',
        '2024-01-05,2024-01-05T14:05:00,1.5,true,김나,007,14:05:00',
        "2024-02-29,2024-02-29T23:59:59,-2,false,'=1+1,012,00:00:01",
        '',
        '2024-03-01,,,,"a, b",,',
        '2024-03-02,2024-03-02,#N/A,true,"line\nend",100,',
      ],
    });
  });

  it.each(['delta.parquet', 'pandas.parquet'])(
    'have names above them, and whole numbers as they are: %s',
    async (name) => {
      const { all, bom } = await lines(name);
      expect(bom).toBe(false);
      expect(all).toHaveLength(5);
      const columns = { 'delta.parquet': 'id,count,name,price', 'pandas.parquet': 'id,count,price,name' };
      expect(all[0]).toBe(columns[name as keyof typeof columns]);
      expect(all[3]).toContain("'=1+1");
      if (name === 'delta.parquet') expect(all[1]).toBe('12345678901234567,1,김나,1.5');
    },
  );
});

it('packed parts of a workbook have the same rows without packing', async () => {
  const packed = fileOf('openpyxl.xlsx');
  const plain = zipSync(unzipSync(packed), { level: 0 });
  expect(cells(await read(plain))).toEqual(cells(await read(packed)));
});
