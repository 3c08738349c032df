/** Axe's rules, held to a page as it stands. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, ElementContext, RunOptions } from 'axe-core';
import type { Page } from 'playwright';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What breaks a rule, where and how: in the whole page, or in elements, each given by its path through shadow roots. */
export async function offences(page: Page, within?: [string, string, ...string[]][]): Promise<string[]> {
  await page.evaluate(axe);
  const violations = await page.evaluate(async (paths) => {
    const { axe } = globalThis as unknown as {
      axe: { run(where: ElementContext, options: RunOptions): Promise<AxeResults> };
    };
    const where = paths ? paths.map((fromShadowDom) => ({ fromShadowDom })) : document;
    return (await axe.run(where, { resultTypes: ['violations'] })).violations;
  }, within);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.flat().join(' ')}: ${failureSummary}`),
  );
}
