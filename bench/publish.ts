/**
 * Writes docs/benchmarks.md and its picture, from one run. What stands between the marks of
 * `kept` is somebody's words, about why ours is behind where it is, and stays; the rest is written anew.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { webpOf } from '../tools/webp.ts';
import { markdownOf } from './markdown.ts';
import { pictureOf } from './picture.ts';
import type { Results } from './results.ts';

const kept = ['<!-- kept: why ours is behind there -->', '<!-- /kept -->'] as const;

export async function publish(root: string, results: Results, browser: Browser): Promise<void> {
  const file = join(root, 'docs', 'benchmarks.md');
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  writeFileSync(file, pageOf(results, between(before, kept) ?? '\n\n'));
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({ viewport: { width: 960, height: 800 }, deviceScaleFactor: 1.5, colorScheme });
    await page.setContent(pictureOf(results));
    const picture = await webpOf(await page.locator('#overview .pair').screenshot());
    writeFileSync(join(root, 'docs', 'pictures', `benchmarks-${colorScheme}.webp`), picture);
    await page.close();
  }
  // As everything else here is laid out, so that what is published passes the checks.
  const { status, stderr } = spawnSync('npx', ['biome', 'format', '--write', file], { cwd: root });
  if (status !== 0) throw new Error(`The published page could not be laid out: ${stderr}`);
}

function between(text: string, [from, to]: readonly [string, string]): string | undefined {
  const [begin, end] = [text.indexOf(from), text.indexOf(to)];
  return begin < 0 || end < begin ? undefined : text.slice(begin + from.length, end);
}

/** @param words what stands between the marks of `kept` */
export function pageOf(results: Results, words: string): string {
  return `# Benchmarks

Steps of training per second, ours beside other libraries for JavaScript, all in one browser and one run; how, and how to
repeat it or to enter another library, is in [\`bench/README.md\`](../bench/README.md). This page is written by
\`npm run bench -- --publish\`, rows where ours is behind included.

![Of each library the quickest of its variants, workload by workload, as bars](pictures/benchmarks-light.webp)

${markdownOf(results, kept.join(words))}
`;
}
