/** `serve`: the page for this machine alone. */
import { beforeAll, describe, expect, it } from 'vitest';
import { built } from '../../../tools/build.mjs';
import { start } from '../../support/commands/cli.ts';

// The command finds the page beside itself.
beforeAll(() => built('lab'));

describe('serve', () => {
  it('serves the page to this machine, isolated, until it is ended', async () => {
    const { child, ended } = start(['serve', '--port', '0', '--no-open']);
    try {
      const said = new Promise<string>((resolve) => child.stdout.once('data', (data) => resolve(String(data))));
      const first = await Promise.race([said, ended.then(({ err }) => Promise.reject(new Error(err)))]);
      const [address] = /http:\/\/127\.0\.0\.1:\d+\//.exec(first) ?? [''];
      const page = await fetch(address);
      expect(page.status).toBe(200);
      expect(page.headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(page.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
      expect(await page.text()).toContain('<lab-app');
      const notices = await (await fetch(`${address}third-party-notices.txt`)).text();
      for (const name of ['lit', 'comlink', 'd3-shape', 'zod', 'workbox-core']) {
        expect(notices).toMatch(new RegExp(`^${name} [\\d.]+ \\(.+\\)\n\n`, 'm'));
      }
      const materials = (await (await fetch(`${address}sbom.cdx.json`)).json()) as { components: { purl: string }[] };
      const titles = [...notices.matchAll(/^(\S+) ([\d.]+) \([^)]+\)\n\n/gm)];
      expect(materials.components.map(({ purl }) => purl)).toEqual(
        titles.map(([, name, version]) => `pkg:npm/${name.replace('@', '%40')}@${version}`),
      );
      const docs = await fetch(`${address}docs`);
      expect(docs.url).toBe(`${address}docs/`);
      expect(docs.headers.get('content-security-policy')).toBe(page.headers.get('content-security-policy'));
      expect(await docs.text()).toContain('<title>Perceptron Lab: Docs</title>');
      const searched = await (await fetch(`${address}docs/third-party-notices.txt`)).text();
      expect(searched).toMatch(/^minisearch [\d.]+ \(MIT\)$/m);
      expect((await fetch(`${address}nothing`)).status).toBe(404);
      expect((await fetch(`${address}../../package.json`)).status).toBe(404);
    } finally {
      child.kill();
      await ended;
    }
  });

  it('gives an address that opens the page in Korean with --lang ko', async () => {
    const { child, ended } = start(['serve', '--port', '0', '--no-open', '--lang', 'ko']);
    try {
      const said = new Promise<string>((resolve) => child.stdout.once('data', (data) => resolve(String(data))));
      const first = await Promise.race([said, ended.then(({ err }) => Promise.reject(new Error(err)))]);
      expect(first).toMatch(/^페이지 주소: http:\/\/127\.0\.0\.1:\d+\/\?lang=ko \(Ctrl-C로 끝냅니다\)\n/);
      const [address] = /http:\S+lang=ko/.exec(first) ?? [''];
      expect(await (await fetch(address)).text()).toContain('<lab-app');
    } finally {
      child.kill();
      await ended;
    }
  });
});
