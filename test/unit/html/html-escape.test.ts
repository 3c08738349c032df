/** The template that reports are written with: markup stays markup, and text text. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escaped, html, markup } from '../../../src/html/escape.ts';
import { quoted } from '../../../src/spec/shell.ts';
import { tagsOf, textOfPage } from '../../support/text/pages.ts';

describe('html', () => {
  it('escapes what is put in, in text and in attributes', () => {
    const name = `<script>alert("1")</script> & 'x'`;
    expect(html`<p title="${name}">${name}</p>`.markup).toBe(
      '<p title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;">&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;</p>',
    );
  });

  it('takes markup as it is, lists one after another, and nothing for nothing', () => {
    expect(
      html`${html`<b>${1}</b>`}${[html`<i>a</i>`, '<', 2]}${null}${undefined}${false}${markup('<br>')}`.markup,
    ).toBe('<b>1</b><i>a</i>&lt;2<br>');
  });

  it('lets no text out of its place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
        const page = html`<p title="${text}">${text}</p>`.markup;
        expect(tagsOf(page)).toHaveLength(1);
        expect(page).not.toMatch(/\p{Surrogate}/u);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        expect(textOfPage(`<p>${escaped(text)}</p>`)).toBe(` ${text} `.replace(/[^\S\u202f\u00a0]+/g, ' '));
      }),
    );
  });

  it('replaces what HTML may not hold', () => {
    expect(escaped('a\u0000b\ud800c\u001bd\te')).toBe('a\ufffdb\ufffdc\ufffdd\te');
  });
});

describe('quoted', () => {
  it('leaves plain words alone and quotes others for a shell', () => {
    expect(['--learning_rate', '0.01', 'data/a.csv', 'zip=category'].map(quoted)).toEqual([
      '--learning_rate',
      '0.01',
      'data/a.csv',
      'zip=category',
    ]);
    expect(['', 'a b', "it's", '$HOME', '*', 'a;b'].map(quoted)).toEqual([
      "''",
      "'a b'",
      "'it'\\''s'",
      "'$HOME'",
      "'*'",
      "'a;b'",
    ]);
  });
});
