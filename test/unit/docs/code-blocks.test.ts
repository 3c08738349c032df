/** How the tests of documentation read it. */
import { describe, expect, it } from 'vitest';
import { parsePage } from '../../support/text/code-blocks.ts';
import { shellLines } from '../../support/text/shell-lines.ts';

const fence = '```';

describe('the blocks of a page', () => {
  it('have their language, file, line and section', () => {
    const page = `# Title\n\n${fence}sh\na # b\n${fence}\n\n## Two\n\n- item\n\n  ${fence}csv rows.csv\n  x\n    1\n  ${fence}\n`;
    const { blocks, headings } = parsePage(page);
    expect(headings).toEqual(['# Title', '## Two']);
    expect(blocks).toEqual([
      { language: 'sh', file: undefined, code: 'a # b\n', line: 3, section: '# Title' },
      { language: 'csv', file: 'rows.csv', code: 'x\n  1\n', line: 11, section: '## Two' },
    ]);
  });

  it('keep what looks like a heading, and one without a language is one', () => {
    const { blocks, headings } = parsePage(`${fence}\n# no heading\n${fence}\n`);
    expect(headings).toEqual([]);
    expect(blocks).toMatchObject([{ language: '', code: '# no heading\n' }]);
  });

  it('have an end', () => {
    expect(() => parsePage(`\n${fence}sh\nls\n`)).toThrow('the code block of line 2 is not closed');
  });
});

describe('the lines of a shell', () => {
  it('are words, without comments, put together where they go on', () => {
    expect(shellLines('# all\na --b c   # d\n\ne \\\n  f\n')).toEqual([
      { words: ['a', '--b', 'c'] },
      { words: ['e', 'f'] },
    ]);
  });

  it('lose their quotes, and say where the output goes', () => {
    expect(shellLines("a --x='b c' \"d # e\" '#' f#g > h.csv")).toEqual([
      { words: ['a', '--x=b c', 'd # e', '#', 'f#g'], to: 'h.csv' },
    ]);
  });

  it.each(['a | b', 'a && b', 'a $B', 'a "$B"', "a 'b", 'a `b`', 'a; b'])(
    'are refused where they do more: %s',
    (line) => {
      expect(() => shellLines(line)).toThrow('is nothing that a test runs');
    },
  );
});
