/** What a report allows itself: its own styles, by their hash. */
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { html } from '../../../src/html/escape.ts';
import { pageOf } from '../../../src/html/page.ts';
import { styleHash } from '../../../src/util/report-style-hash.ts';

const page = pageOf({ title: 'A run', subtitle: [], body: html`<p>How it went.</p>`, version: '1' });

it('states the hash of its styles; where they have changed, the new one goes into src/util/report-style-hash.ts', () => {
  const [, styles] = /<style>([\s\S]*)<\/style>/.exec(page) ?? [];
  expect(styleHash).toBe(`sha256-${createHash('sha256').update(styles).digest('base64')}`);
});

it('allows nothing else', () => {
  expect(page).toContain(
    `content="default-src 'none'; style-src '${styleHash}'; img-src data:; base-uri 'none'; form-action 'none'"`,
  );
});
