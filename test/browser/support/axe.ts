/** Axe's rules, held to a page as it stands. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, ElementContext, RunOptions } from 'axe-core';
import type { Page } from 'playwright';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Those of its usual rules that a theme changes: the others see the same elements in each. */
const ofColours: RunOptions['runOnly'] = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

/** What breaks a rule, where and how: in the whole page, or in elements, each given by its path through shadow roots. */
export function offences(page: Page, within?: [string, string, ...string[]][]): Promise<string[]> {
  return broken(page, undefined, within);
}

/** The same of the page in a second theme. */
export function offencesOfColours(page: Page): Promise<string[]> {
  return broken(page, ofColours);
}

async function broken(page: Page, runOnly: RunOptions['runOnly'], within?: string[][]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  const violations = await page.evaluate(
    async ({ paths, runOnly }) => {
      const { axe } = globalThis as unknown as {
        axe: { run(where: ElementContext, options: RunOptions): Promise<AxeResults> };
      };
      const where = paths ? paths.map((fromShadowDom) => ({ fromShadowDom })) : document;
      return (await axe.run(where as ElementContext, { resultTypes: ['violations'], ...(runOnly && { runOnly }) }))
        .violations;
    },
    { paths: within, runOnly },
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.flat().join(' ')}: ${failureSummary}`),
  );
}
