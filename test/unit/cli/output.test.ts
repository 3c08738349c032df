/** Tables in a terminal, whose letters may take two columns. */
import { describe, expect, it } from 'vitest';
import { pairs, table } from '../../../src/cli/output/output.ts';

describe('a table', () => {
  it('is aligned by the columns that letters take in a terminal', () => {
    expect(
      table(
        ['column', '행'],
        [
          ['가격', '2'],
          ['id', '10'],
        ],
      ),
    ).toBe(['column   행', '가격      2', 'id       10'].join('\n'));
    expect(
      pairs([
        ['열', 'a'],
        ['note', 'b'],
      ]),
    ).toBe('열    a\nnote  b');
  });

  it('breaks lines where the terminal does', () => {
    const [first, second] = pairs([['a', '가나다라 '.repeat(12).trim()]]).split('\n');
    expect(first).toBe(`a  ${'가나다라 '.repeat(10).trim()}`);
    expect(second.trim()).toBe('가나다라 가나다라');
  });
});
