/** The example in docs/lessons.md is a lesson, and its goals can be reached. */
import { expect, it } from 'vitest';
import { generate } from '../../../../src/data/prepare/generate.ts';
import { requestCpuEngine } from '../../../../src/engine/cpu/engine.ts';
import { parseLesson } from '../../../../src/lab/lessons/read.ts';
import { lessonNames } from '../../../../src/lab/lessons/schema.ts';
import { prepare, train } from '../../../support/first-defaults.ts';
import { readPage } from '../../../support/text/code-blocks.ts';

const { text: docs, blocks } = readPage('docs/lessons.md');
const { code: example } = blocks[0];

it('trains as it says: a straight line does not reach the goal, eight units do', async () => {
  const { steps } = parseLesson(example, 'docs/lessons.md');
  const accuracies: number[] = [];
  for (const { trial, data } of steps) {
    const engine = await requestCpuEngine('asked for', { threads: 1 });
    const run = train(engine, prepare(generate('moons'), { target: 'class', ...data }), trial);
    await run.model();
    const metrics = await run.metrics('validation');
    if (!metrics || !('accuracy' in metrics)) throw new Error('no classes');
    accuracies.push(metrics.accuracy);
    await run.destroy();
  }
  const { wait } = steps[1];
  expect(wait).toEqual({ kind: 'score', metric: 'accuracy', at_least: 0.95 });
  expect(accuracies[0]).toBeLessThan(0.95);
  expect(accuracies[1]).toBeGreaterThanOrEqual(0.95);
});

it('says something of every name that a lesson has', () => {
  for (const name of lessonNames) expect(docs, name).toMatch(new RegExp(`[\`"]${name}[\`"]`));
});
