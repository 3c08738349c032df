/** No control character of a file reaches a terminal. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pairs, table } from '../../../src/cli/output/output.ts';
import { statusLine } from '../../../src/cli/output/status-line.ts';
import { visible, visibleJson, visibleLines } from '../../../src/cli/output/terminal.ts';

const controls = [
  ...Array.from({ length: 32 }, (_, code) => code),
  ...Array.from({ length: 33 }, (_, code) => 0x7f + code),
  ...[0x2028, 0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069],
].map((code) => String.fromCharCode(code));
const hostile = '\u001b[2J\u001b]0;title\u0007 \u009b31m \u202eabc';
const shown = '\\u001b[2J\\u001b]0;title\\u0007 \\u009b31m \\u202eabc';

describe('a control character', () => {
  it('is written out', () => {
    expect(visible(hostile)).toBe(shown);
    expect(visible('a\nb\tc\r')).toBe('a\\nb\\tc\\r');
    for (const control of controls) expect(visible(`a${control}b`)).toMatch(/^a\\(u[0-9a-f]{4}|[nrt])b$/);
  });

  it('leaves every other letter as it is', () => {
    const text = '온도 °C, é 👩‍🔬 שלום \u200f\u00a0µ=1+1|"\\';
    expect(visible(text)).toBe(text);
  });

  it('is one of lines where there are several', () => {
    expect(visibleLines('x\ty\r\n1\t2\r\n\r\u001b[K')).toBe('x\ty\r\n1\t2\r\n\\r\\u001b[K');
  });

  it('means the same in JSON', () => {
    const value = { [hostile]: controls };
    const json = visibleJson(JSON.stringify(value));
    expect(json).toMatch(/^[ -~]+$/);
    expect(JSON.parse(json)).toEqual(value);
  });

  it('shifts no column of a table', () => {
    const text = table(
      ['name', 'n'],
      [
        [hostile, '1'],
        ['a\nb', '22'],
      ],
    );
    expect(text.split('\n')).toHaveLength(3);
    expect(new Set(text.split('\n').map((line) => line.length)).size).toBe(1);
    expect(pairs([['file', `a\n${hostile}`]])).toBe(`file  a\\n${shown}`);
  });

  it('is none of the line that says how far it is', () => {
    let written = '';
    statusLine(`${hostile}.csv`, 'reading', (text) => {
      written += text;
    });
    expect(written).toBe(`\r\u001b[Kreading  ${shown}.csv`.slice(0, 80));
  });
});

it('is looked after in one place: nothing else writes sentences', () => {
  const all = readdirSync('src/cli', { recursive: true, encoding: 'utf8' });
  // What files/ writes to standard output is data.
  const files = all.filter((file) => file.endsWith('.ts') && !file.startsWith('files'));
  const writers = files.filter((file) => /std(out|err)\.write\(/.test(readFileSync(`src/cli/${file}`, 'utf8')));
  expect(writers.map((file) => file.replaceAll('\\', '/')).sort()).toEqual([
    'output/output.ts',
    'output/status-line.ts',
    'output/terminal.ts',
  ]);
});
