/** What a page is made of, and what its HTML is allowed to have. */
import { describe, expect, it, vi } from 'vitest';
import { firstSentence, parse, render, type Surroundings } from '../../../../tools/site/markdown.ts';

function rendered(markdown: string, own: Partial<Surroundings> = {}) {
  const problem = vi.fn();
  const html = render(parse(markdown), {
    link: (href) => ({ href: `to:${href}` }),
    picture: () => undefined,
    highlight: (code) => code,
    problem,
    ...own,
  });
  return { html, problems: problem.mock.calls };
}

describe('a page', () => {
  const page = parse(
    '# Title\n\n```sh\nrun\n```\n\nFirst `one`: two. Second.\n\n## Part\n\nText.\n\n| a |\n| --- |\n| b |\n\n## Part\n\n### In depth\n',
  );

  it('has its title, its headings with the anchors that GitHub gives them, and its first sentence', () => {
    expect(page.title).toBe('Title');
    expect(page.headings.map(({ level, id }) => [level, id])).toEqual([
      [1, 'title'],
      [2, 'part'],
      [2, 'part-1'],
      [3, 'in-depth'],
    ]);
    expect(page.summary).toBe('First one: two.');
  });

  it('has a section for each heading, its code and tables apart', () => {
    expect(page.sections.map(({ heading, prose, rest }) => [heading.id, prose.trim(), rest.trim()])).toEqual([
      ['title', 'First one: two. Second.', 'run'],
      ['part', 'Text.', 'a b'],
      ['part-1', '', ''],
      ['in-depth', '', ''],
    ]);
  });

  it('is summed up without what all decisions begin with', () => {
    expect(firstSentence('Decision. Metrics are plain. So.')).toBe('Metrics are plain.');
    expect(firstSentence('표를 읽습니다. 다음.')).toBe('표를 읽습니다.');
    expect(firstSentence('About 0.5 of it')).toBe('About 0.5 of it');
  });
});

describe('its HTML', () => {
  it('has no style within elements', () => {
    const { html } = rendered('| a | b |\n| --- | --: |\n| 1 | 2 |\n');
    expect(html).toContain('<td class="right">2</td>');
    expect(html).not.toContain('style=');
  });

  it('has headings that link to themselves', () => {
    expect(rendered('# A\n\n## B & c\n').html).toBe(
      '<h1 id="a">A</h1>\n<h2 id="b--c"><a class="anchor" href="#b--c">B &amp; c</a></h2>\n',
    );
  });

  it('names pages by their titles where the text of a link is a file', () => {
    const link = () => ({ href: 'fit.html', title: 'The best model' });
    expect(rendered('[fit.md](fit.md#a), [so](fit.md)', { link }).html).toBe(
      '<p><a href="fit.html">The best model</a>, <a href="fit.html">so</a></p>\n',
    );
  });

  it('shows a picture in dark colours where there is one', () => {
    const picture = () => ({ src: 'a-light.webp', dark: 'a-dark.webp', width: 3, height: 2 });
    const { html } = rendered('![What it shows](a-light.webp)', { picture });
    expect(html).toContain('srcset="a-dark.webp"');
    expect(html).toContain('<img src="a-light.webp" alt="What it shows" width="3" height="2" loading="lazy">');
  });

  it('names the files that code is', () => {
    expect(rendered('```csv rows.csv\na,b\n```').html).toContain(
      '<p>rows.csv</p><pre tabindex="0"><code>a,b</code></pre>',
    );
  });

  it('leaves comments out', () => {
    expect(rendered('<!-- kept -->\n\nText\n')).toEqual({ html: '<p>Text</p>\n', problems: [] });
  });
});

describe('faults have their line', () => {
  it.each([
    ['one\n\n<div>two</div>\n', 'HTML: <div>two</div>', 3],
    ['one\ntwo <b>three</b>\n', 'HTML: <b>', 2],
    ['one\n\n```cobol\nx\n```\n', 'no colours for cobol: name it in tools/site/highlight.ts', 3],
  ])('%j: %s', (markdown, text, line) => {
    expect(rendered(markdown).problems[0]).toEqual([text, line]);
  });

  it('links too, in a paragraph and in a table', () => {
    const link = vi.fn((href: string) => ({ href }));
    rendered('# T\n\na\n[b](b.md)\n\n| x |\n| --- |\n| y |\n| [z](z.md) |\n', { link });
    expect(link.mock.calls).toEqual([
      ['b.md', 4],
      ['z.md', 9],
    ]);
  });
});
