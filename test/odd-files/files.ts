/**
 * Files as people have them: odd encodings, delimiters, rows, formats and cells. What becomes of each is in `outcomes.txt`;
 * Node's reader and the page's are held to it alike.
 */
import type { ReadingInput } from '../../src/spec/reading-settings.ts';

export interface OddFile {
  name: string;
  /** Text is UTF-8. */
  content: string | Uint8Array<ArrayBuffer>;
  options?: ReadingInput;
  gzip?: boolean;
}

/** One byte for each character. */
const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

function utf16(text: string, order: 'le' | 'be'): Uint8Array<ArrayBuffer> {
  const little = new Uint8Array(Uint16Array.from(text, (character) => character.charCodeAt(0)).buffer);
  return order === 'le' ? little : little.map((_, index) => little[index ^ 1]);
}

/** Longer than the portions that files are read in. */
const long = (header: string, row: string, last: string) =>
  `${header}\n${`${row}\n`.repeat(300_000 / row.length)}${last}\n`;

const zip = (name: string) => bytes(`PK\x03\x04\x14\0\0\0\0\0\0\0\0\0${'\0'.repeat(16)}${name}`);

const encodings: OddFile[] = [
  { name: 'utf-8', content: '이름,온도\n김나,2\n이다,3\n' },
  { name: 'utf-8-mark', content: '\ufeff이름,온도\n김나,2\n이다,3\n' },
  { name: 'utf-16le-mark', content: utf16('\ufeff이름\t온도\r\n김나\t2\r\n이다\t3\r\n', 'le') },
  { name: 'utf-16be-mark', content: utf16('\ufeff이름\t온도\r\n김나\t2\r\n이다\t3\r\n', 'be') },
  { name: 'utf-16le-bare', content: utf16('x,y\n1,2\n3,4\n', 'le') },
  { name: 'utf-16be-bare', content: utf16('x,y\n1,2\n3,4\n', 'be') },
  { name: 'utf-16le-given', content: utf16('x,y\n1,2\n3,4\n', 'le'), options: { encoding: 'UTF-16LE' } },
  { name: 'euc-kr', content: bytes('\xbb\xf3\xc7\xb0,\xb0\xa1\xb0\xdd\n\xbb\xe7\xb0\xfa,1200\n\xb9\xe8,900\n') },
  {
    name: 'cp949-extended',
    content: bytes(
      '\xc0\xcc\xb8\xa7,\xb0\xa1\xb0\xdd\n\x8cc\xb9\xe6\xb0\xa2\xc7\xcf,1200\n\xbc\x84\xbd\xc3,900\n\x94\xee,10\n',
    ),
  },
  {
    name: 'cp949-given',
    content: bytes('name,x\n\x8cc,1\n\xaa\x42\xc2\xf7,2\n\xc1\x64,3\n'),
    options: { encoding: 'MS949' },
  },
  { name: 'cp949-euro', content: bytes('\xb0\xa1\xb0\xdd,x\n\xa2\xe6,1\n\xa2\xe7,2\n') },
  { name: 'cp949-crlf-tabs', content: bytes('\xc0\xcc\xb8\xa7\t\xb0\xaa\r\n\xb1\xe8\t1\r\n\xc0\xcc\t2\r\n') },
  {
    name: 'cp949-cut-at-portions',
    content: bytes(`\xc0\xcc\xb8\xa7,x\n${'a\x8cc\xb9\xe6,1\n'.repeat(40_000)}\xbc\x84,2\n`),
  },
  { name: 'cp949-late', content: bytes(`${long('name,x', 'kim,1', 'lee,2')}\xb1\xe8,3\n`) },
  { name: 'cp949-wrong-byte', content: bytes('name,x\n\xb1\xe8,1\n\xb1 ,2\n'), options: { encoding: 'cp949' } },
  { name: 'cp949-cut-short', content: bytes('name,x\n\xb1\xe8,1\n\xb1\xe8,2\n\xb1'), options: { encoding: 'cp949' } },
  { name: 'utf-8-wrong-byte', content: bytes('name,x\nkim,1\n\xff,2\n'), options: { encoding: 'utf-8' } },
  { name: 'utf-8-mark-wrong-byte', content: bytes('\xef\xbb\xbfname,x\nkim,1\n\xe9t,2\n') },
  { name: 'windows-1252', content: bytes('Gr\xf6\xdfe,Preis \x80\n1,2\n3,4\n') },
  { name: 'windows-1252-quotes', content: bytes('name,said\nM\xfcller,\x93don\x92t\x94\n\x9cuvre,\xe9t\xe9\n') },
  { name: 'latin-2-given', content: bytes('m\xecsto,x\nPlze\xf2,1\nBrno,2\n'), options: { encoding: 'iso-8859-2' } },
  {
    name: 'shift-jis-given',
    content: bytes('\x96\xbc\x91O,x\n\x8a\xc2,1\n\x8b\x9e,2\n'),
    options: { encoding: 'shift_jis' },
  },
  { name: 'unknown-encoding', content: 'x,y\n1,2\n', options: { encoding: 'klingon' } },
  { name: 'gzip', content: 'x,y\n1,2\n3,4\n', gzip: true },
  { name: 'gzip-cp949', content: bytes('\xc0\xcc\xb8\xa7,x\n\xb1\xe8,1\n\x8cc,2\n'), gzip: true },
  { name: 'gzip-damaged', content: bytes('\x1f\x8b\x08\0\0\0\0\0\0\x03\xab') },
];

const separators: OddFile[] = [
  { name: 'semicolons-decimal-commas', content: 'x;y\n1,5;2\n-0,25;3\n' },
  { name: 'tabs', content: 'x\ty\n1\t2\n3\t4\n' },
  { name: 'bars', content: 'x|y\n1|2\n3|4\n' },
  { name: 'tilde-given', content: 'x~y\n1~2\n3~4\n', options: { delimiter: '~' } },
  { name: 'blanks', content: '  x    y   z\n  1  2.5   3\n 10  3.5   4\n' },
  { name: 'blanks-no-names', content: '1 2 3\n4 5 6\n7 8 9\n' },
  { name: 'blanks-quoted', content: 'x y name\n1 2 "kim na"\n3 4 lee\n' },
  { name: 'blanks-and-tabs', content: 'x \t y\n1 \t 2\n3 \t 4\n' },
  { name: 'blanks-below-comments', content: '# made, by hand\n# again\nname v w\n"a b" 1 2\nc 3 4\nd 5 6\n' },
  { name: 'words-are-no-blanks', content: 'name\nkim na\nlee da\n' },
  { name: 'sep-semicolon', content: 'sep=;\r\nx;y\r\n1,5;2\r\n3;4\r\n' },
  { name: 'sep-bar', content: 'sep=|\nx|y\n1|2,5\n3|4,5\n' },
  { name: 'delimiter-in-names', content: 'x|cm,y\n1,2\n3,4\n' },
  { name: 'quotes', content: '"x","said ""so"""\n"1","a,b"\n"2","two\nlines"\n' },
  { name: 'quotes-after-blanks', content: '"x", "y"\n1, "a"\n2, "b"\n' },
  { name: 'open-quote', content: 'x,y\n1,"a\n2,b\n3,c\n' },
  { name: 'text-after-quote', content: 'x,y\n1,"a"b\n2,c\n' },
  { name: 'cr', content: 'x,y\r1,2\r3,4\r' },
  { name: 'mixed-line-ends', content: 'x,y\r\n1,2\n3,4\r5,6' },
  { name: 'decimal-comma-column', content: 'x\n1,5\n2,25\n' },
  { name: 'wrong-delimiter-given', content: 'x,y\n1,2\n', options: { delimiter: '"' } },
];

const rows: OddFile[] = [
  { name: 'empty', content: '' },
  { name: 'only-blanks', content: ' \n\n,\n' },
  { name: 'only-names', content: 'x,y\n' },
  { name: 'one-name', content: 'x' },
  { name: 'one-number', content: '7\n' },
  { name: 'one-column', content: 'x\n1\n2\n' },
  { name: 'no-names', content: '1,2\n3,4\n' },
  { name: 'names-over-words', content: 'a,b\nc,d\ne,f\n' },
  { name: 'names-are-years', content: 'name,2019,2020\nkim,3,4\nlee,5,6\n' },
  { name: 'names-twice', content: 'x,x,x_2,x\n1,2,3,4\n5,6,7,8\n' },
  { name: 'names-lacking', content: 'x,,y,\n1,2,3,\n4,5,6,\n' },
  { name: 'name-huge', content: `${'long '.repeat(2000)},y\n1,2\n3,4\n` },
  { name: 'name-of-an-object', content: 'constructor,__proto__,toString\n1,2,3\n4,5,6\n' },
  { name: 'blank-rows', content: '\n\nx,y\n\n1,2\n,\n3,4\n\n' },
  { name: 'short-row', content: 'x,y,z\n1,2,3\n4,5\n7,8,9\n' },
  { name: 'short-rows', content: 'x,y\n1\n2\n\n3\n4,5\n6,7\n8,9\n1,2\n' },
  { name: 'short-rows-too-many', content: `x,y\n1,2\n${'3\n'.repeat(11)}` },
  { name: 'short-row-not-allowed', content: 'x,y\n1,2\n3\n', options: { max_short_rows: 0 } },
  { name: 'long-row', content: 'x,y\n1,2\n3,4,5\n' },
  { name: 'long-row-empty', content: 'x,y\n1,2,,\n3,4,\n' },
  { name: 'title', content: 'Sales 2024\nx,y\n1,2\n3,4\n' },
  { name: 'title-of-a-spreadsheet', content: 'Sales 2024,,\n,,\nname,x,y\nkim,1,2\nlee,3,4\n' },
  { name: 'title-korean', content: '2024년 판매 현황,,\n(단위: 원),,\n상품,수량,가격\n사과,1,2\n배,3,4\n' },
  { name: 'title-over-numbers', content: 'Sales\n1,2,3\n3,4,5\n5,6,7\n' },
  { name: 'title-kept', content: 'Sales\nx,y\n1,2\n3,4\n', options: { skip: 0 } },
  { name: 'facts-above', content: 'Date:,2024-01-01,,\nBy:,kim,,\n\nid,x,y,z\na,1,2,3\nb,4,5,6\n' },
  { name: 'skip', content: 'junk;;\nmore "junk\nx,y\n1,2\n3,4\n', options: { skip: 2 } },
  { name: 'skip-all', content: 'x,y\n1,2\n', options: { skip: 9 } },
  { name: 'skip-wrong', content: 'x,y\n1,2\n', options: { skip: -1 } },
  { name: 'comments-above', content: '# made by hand, twice\n# in May\nx,y\n1,2\n3,4\n' },
  { name: 'comments-names', content: '# made by hand\n# x,y\n1,2\n3,4\n' },
  { name: 'comments-names-blanks', content: '# x y z\n1 2 3\n4 5 6\n' },
  { name: 'comments-given', content: '# a "b\nx,y\n1,2\n# between\n3,4\n', options: { comment: '#' } },
  { name: 'comments-in-quotes', content: 'x,y\n1,"a\n# b"\n2,c\n', options: { comment: '#' } },
  { name: 'comments-percent', content: '% no\nx,y\n1,2\n', options: { comment: '%' } },
  { name: 'comments-unexpected', content: 'x,y\n1,2\n# between\n3,4\n' },
  { name: 'column-called-number-sign', content: '#,name,x\n1,kim,2\n2,lee,3\n' },
  { name: 'colours', content: 'colour,x\n#ff0000,1\n#00ff00,2\n' },
  { name: 'cut-short', content: 'x,y\n1,2\n3,4\n5' },
];

const formats: OddFile[] = [
  { name: 'json-objects', content: '[{"x": 1, "name": "kim"},\n {"x": 2.5, "name": "lee"}]' },
  { name: 'json-one-line', content: '[{"x":1,"y":2},{"x":3,"y":4}]' },
  { name: 'json-lines', content: '{"x":1,"ok":true}\n{"x":2,"ok":false}\n{"x":3,"ok":null}\n' },
  { name: 'json-lines-pretty', content: '{\n  "x": 1\n}\n{\n  "x": 2\n}\n' },
  { name: 'json-late-key', content: '[{"x":1},{"x":2,"y":3},{"y":4}]' },
  {
    name: 'json-nested',
    content: '[{"x":1,"at":{"city":"서울","zip":"04524"}},{"x":2,"at":{"city":"부산","zip":"48058"}}]',
  },
  { name: 'json-list-in-row', content: '[{"x":1,"tags":["a","b"]},{"x":2,"tags":[]}]' },
  { name: 'json-wrapper', content: '{"count": 2, "next": null, "results": [{"x":1},{"x":2}], "more": {"y": 3}}' },
  { name: 'json-columns', content: '{"x": [1, 2], "y": [3, 4]}' },
  { name: 'json-columns-by-row', content: '{"x":{"0":1,"1":2},"y":{"0":3,"1":4}}' },
  { name: 'json-one-object', content: '{"x": 1, "y": "a"}' },
  { name: 'json-lists', content: '[["x","y"],[1,2],[3,4]]' },
  { name: 'json-lists-short', content: '[["x","y"],[1],[3,4]]' },
  { name: 'json-list-lines', content: '["x","y"]\n[1,2]\n[3,4]\n' },
  { name: 'json-numbers', content: '[1, 2, 3]' },
  { name: 'json-mixed', content: '[{"x":1},[2],{"x":3}]' },
  { name: 'json-empty', content: '[]' },
  { name: 'json-cut-short', content: '[{"x":1},{"x":2},{"x"' },
  { name: 'json-list-unclosed', content: '[{"x":1},{"x":2}' },
  { name: 'json-comma-lacking', content: '[{"x":1 "y":2}]' },
  { name: 'json-single-quotes', content: "[{'x': 1}, {'x': 2}]" },
  { name: 'json-nan', content: '[{"x":NaN,"t":"NaN {"},{"x":2,"t":"b"},{"x":-Infinity,"t":"c"}]' },
  { name: 'json-escapes', content: '[{"t":"a\\"b]","x":1},{"t":"\\u00e9\\n{","x":2}]' },
  { name: 'json-null-cells', content: '[{"x":null,"y":1},{"x":null,"y":2}]' },
  { name: 'json-text-numbers', content: '[{"x":"1,234","y":1.5},{"x":"2,345","y":2.5}]' },
  {
    name: 'json-long-numbers',
    content: '[{"id":12345678901234567,"x":0.12345678901234567},{"id":12345678901234569,"x":1}]',
  },
  { name: 'json-after-end', content: '[{"x":1}] [{"x":2}]' },
  { name: 'json-cp949', content: bytes('[{"name":"\x8cc\xb9\xe6","x":1},{"name":"\xb1\xe8","x":2}]') },
  { name: 'json-skip', content: '[{"x":1}]', options: { skip: 1 } },
  { name: 'json-long', content: `[${'{"x":1,"t":"a,b{"},'.repeat(20_000)}{"x":2,"t":"last"}]` },
  {
    name: 'html',
    content:
      '<!DOCTYPE html><html><body><h1>Prices</h1><table><tr><th>name</th><th>x &amp; y</th></tr><tr><td>kim</td><td>1</td></tr><tr><td>l&#x65;e<br>da</td><td>2</td></tr></table></body></html>',
  },
  {
    name: 'html-spans',
    content:
      '<table><tr><th rowspan=2>id<th colspan="2">2024</tr><tr><th>Q1<th>Q2</tr><tr><td>a<td>1<td>2</tr><tr><td>b<td>3<td>4</tr></table>',
  },
  {
    name: 'html-largest',
    content:
      '<html><table><tr><td>menu</td></tr></table><!-- <table> --><table><tr><td>x</td><td>y</td></tr><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table></html>',
  },
  { name: 'html-no-table', content: '<html><body><p>Sign in</p></body></html>' },
  {
    name: 'html-skip',
    content: '<table><tr><td>Prices</td></tr><tr><td>x<td>y<tr><td>1<td>2</table>',
    options: { skip: 1 },
  },
  {
    name: 'html-many-comments',
    content: `${'<!-- a -->'.repeat(60)}<table><tr><th>x</th></tr><tr><td>1</td></tr></table>`,
  },
  { name: 'comments-of-html-in-text', content: `${'<!-- a -->'.repeat(60)} x\n1\n2\n` },
  { name: 'html-tag-unclosed', content: `<table><tr><td>1${'<a '.repeat(60_000)}` },
  { name: 'blanks-by-thousands', content: `x${' '.repeat(200_000)}y\n1 2\n3 4\n` },
  { name: 'json-blanks-between', content: `[{"x":1},${' '.repeat(200_000)}2]` },
  { name: 'xml', content: '<?xml version="1.0"?>\n<rows><row x="1"/></rows>\n' },
  { name: 'svg', content: '<svg xmlns="http://www.w3.org/2000/svg"></svg>' },
  {
    name: 'arff',
    content:
      "% comment\n@relation iris\n\n@attribute 'sepal length' numeric\n@ATTRIBUTE class {a, 'b c'}\n\n@data\n5.1, a\n% between\n?, 'b c'\n4.9,'it\\'s'\n",
  },
  { name: 'arff-sparse', content: '@relation a\n@attribute x numeric\n@attribute y numeric\n@data\n{0 1, 1 2}\n' },
  { name: 'arff-no-data', content: '@relation a\n@attribute x numeric\n' },
  { name: 'arff-short-row', content: '@relation a\n@attribute x numeric\n@attribute y numeric\n@data\n1,2\n3\n' },
  { name: 'yaml', content: '---\n- x: 1\n  y: 2\n' },
  { name: 'yaml-list', content: '- x: 1\n  y: 2\n- x: 3\n  y: 4\n' },
  { name: 'header-in-brackets', content: '[id],[x]\n1,2\n3,4\n' },
];

const binary: OddFile[] = [
  { name: 'xlsx', content: zip('[Content_Types].xml') },
  { name: 'ods', content: zip('mimetypeapplication/vnd.oasis.opendocument.spreadsheet') },
  { name: 'zip', content: zip('data.csv') },
  { name: 'xls', content: bytes('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1') },
  { name: 'pdf', content: bytes('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n') },
  { name: 'parquet', content: bytes('PAR1\x15\x04\x15') },
  { name: 'sqlite', content: bytes('SQLite format 3\0\x10\0') },
  { name: 'numpy', content: bytes('\x93NUMPY\x01\0v\0') },
  { name: 'pickle', content: bytes('\x80\x04\x95\x10\0\0\0\0\0\0\0]\x94') },
  { name: 'rtf', content: '{\\rtf1\\ansi x,y\\par 1,2\\par}' },
  { name: 'png', content: bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR') },
  { name: 'zstd', content: bytes('\x28\xb5\x2f\xfd\x04\x58') },
  { name: 'program', content: bytes('\x7fELF\x02\x01\x01\0\0') },
  { name: 'zero-in-text', content: 'x,y\n1,\0\n' },
];

/** Rows x = 1, 2, ... beside the cells, so that the first row is known to hold names. */
const column = (name: string, cells: readonly string[]) =>
  `${name},x\n${cells.map((cell, row) => `"${cell}",${row + 1}\n`).join('')}`;

const cells: OddFile[] = [
  { name: 'unit-dollars', content: column('price', ['$1,234.50', '$12', '$-3.5', '$7.00']) },
  { name: 'unit-won-after', content: column('가격', ['35,062원', '1,200원', '900원']) },
  { name: 'unit-won-before', content: column('price', ['₩3,506', '₩12,000', '₩900']) },
  { name: 'unit-euro-after', content: 'price;x\n1.000,00 €;1\n12,50 €;2\n3,00 €;3\n' },
  { name: 'unit-percent', content: column('share', ['12%', '3.5 %', '100%']) },
  { name: 'unit-pyeong', content: column('area', ['26평', '31평', '18평']) },
  { name: 'unit-kilograms', content: column('weight', ['37.5 kg', '40 kg', '8.25 kg']) },
  { name: 'unit-mixed', content: column('weight', ['37.5 kg', '40 g', '8.25 lb']) },
  { name: 'unit-on-some', content: column('price', ['$12', '13', '$14', '15']) },
  { name: 'accounting', content: column('profit', ['(1,200)', '300', '(45.5)', '1,000']) },
  { name: 'dates-mixed', content: column('day', ['2024-01-05', '05.02.2024', '2024/03/07', 'Apr 9, 2024']) },
  { name: 'dates-korean', content: column('날짜', ['2024. 1. 5.', '2024년 2월 7일', '2024-03-09']) },
  { name: 'dates-of-digits', content: column('day', ['20240105', '20240229', '20241231']) },
  { name: 'dates-of-digits-not', content: column('day', ['20240105', '20240230', '20241231']) },
  { name: 'not-yet-a-number', content: column('n', [...Array.from({ length: 22 }, (_, n) => `${n}.5`), 'TBD']) },
  { name: 'spreadsheet-errors', content: column('n', ['1', '#DIV/0!', '3', '#N/A', '#REF!', '6']) },
  { name: 'missing-markers', content: column('n', ['1', 'NA', 'N/A', '-', '', '?', 'null', '8']) },
  { name: 'missing-given', content: column('n', ['1', '-99', '3', 'NA']), options: { missing: ['-99'] } },
  { name: 'classes-by-case', content: column('sold', ['yes', 'YES', 'Yes', 'no', 'No', 'yes']) },
  { name: 'codes', content: column('zip', ['00501', '04524', '48058']) },
  { name: 'codes-too-long', content: column('id', ['12345678901234567', '12345678901234568', '12345678901234569']) },
  {
    name: 'numbers-long',
    content: column('n', ['9007199254740991', '100000000000000000000', '0.12345678901234567890']),
  },
  { name: 'numbers-too-large', content: column('n', ['1e400', '1e308', '5e-324', '-1e309', '7']) },
  {
    name: 'infinite-among-numbers',
    content: column('n', ['1', 'inf', '2.5', '-Infinity', '∞', '1.#INF', '1e999', '-nan']),
  },
  { name: 'infinite-among-texts', content: column('t', ['inf', 'adult', 'child', 'inf']) },
  { name: 'infinite-alone', content: column('n', ['inf', '-inf', 'inf']) },
  { name: 'infinite-in-first-row', content: '1,inf\n2,3\n4,5\n' },
  { name: 'numbers-full-width', content: column('n', ['１２', '３', '４５']) },
  { name: 'minus-signs', content: column('n', ['−5', '–3', '-2', '4']) },
  { name: 'thousands-by-blanks', content: column('n', ['1 234 567', '12\u00a0345', '9']) },
  { name: 'decimal-or-thousands', content: 'n;x\n1,234;1\n2,345;2\n' },
  { name: 'formulas', content: column('n', ['=A1+1', '=SUM(A1:A3)', '3']) },
  { name: 'markup', content: column('t', ['<b>1</b>', '<script>alert(1)</script>', '&amp;']) },
  { name: 'letters-of-all-kinds', content: column('t', ['\u{1f600}', 'e\u0301', '한', '\u200b', '\u202eabc']) },
  {
    name: 'korean-excel',
    // 상품,가격,날짜 / 똠방, "35,062원", 2024-01-05 / ...
    content: bytes(
      '\xbb\xf3\xc7\xb0,\xb0\xa1\xb0\xdd,\xb3\xaf\xc2\xa5\r\n\x8cc\xb9\xe6,"35,062\xbf\xf8",2024-01-05\r\n\xbb\xe7\xb0\xfa,"1,200\xbf\xf8",2024. 2. 7.\r\n\xb9\xe8,900\xbf\xf8,TBD\r\n',
    ),
  },
];

/** As pandas, pyarrow and openpyxl write them. */
const typedFiles = Object.entries(
  import.meta.glob<string>('../typed-files/*.{arrow,arrows,feather,parquet,xlsx}', {
    query: '?url&inline',
    import: 'default',
    eager: true,
  }),
).map(([path, url]): OddFile => {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return { name, content: bytes(atob(url.slice(url.indexOf(',') + 1))) };
});

const typedFile = (name: string) => typedFiles.find((file) => file.name === name)?.content ?? '';
const workbook = typedFile('openpyxl.xlsx');

const typed: OddFile[] = [
  ...typedFiles,
  { name: 'xlsx-sheet-given', content: workbook, options: { sheet: 'Prices & more' } },
  { name: 'xlsx-sheet-hidden', content: workbook, options: { sheet: 'Notes' } },
  { name: 'xlsx-sheet-unknown', content: workbook, options: { sheet: 'sales' } },
  { name: 'xlsx-skip-given', content: workbook, options: { skip: 3, header: false } },
  { name: 'xlsx-comment-given', content: workbook, options: { comment: '2024-02' } },
  { name: 'xlsx-gzip', content: workbook, gzip: true },
  { name: 'xlsx-cut-short', content: bytes(String.fromCharCode(...(workbook as Uint8Array).subarray(0, 3000))) },
  { name: 'parquet-sheet-given', content: typedFile('plain.parquet'), options: { sheet: 'Sales' } },
  { name: 'parquet-skip-given', content: typedFile('plain.parquet'), options: { skip: 1 } },
  { name: 'csv-sheet-given', content: 'x,y\n1,2\n', options: { sheet: 'Sales' } },
  { name: 'arrow-cut-short', content: bytes('ARROW1\0\0\xff\xff\xff\xff\x10\0\0\0') },
];

export const oddFiles: OddFile[] = [...encodings, ...separators, ...rows, ...formats, ...binary, ...cells, ...typed];
