/** A checkpoint whose values are others than they can be is refused by its sentence; whatever is taken trains to its end. */
import { expect, it } from 'vitest';
import { generate } from '../../../src/data/prepare/generate.ts';
import { createReferenceEngine } from '../../../src/engine/reference/engine.ts';
import { resumedRun } from '../../../src/train/resume.ts';
import { hashAt } from '../../../src/util/random.ts';
import { faultSeed, times } from '../../support/faults.ts';
import { prepare, trainPopulation } from '../../support/first-defaults.ts';

const engine = createReferenceEngine('reference', 'asked for');
const data = prepare(generate('curve', { rows: 30, seed: 4 }), { target: 'y' });
const junk = [
  undefined,
  null,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -1,
  0,
  0.5,
  1e308,
  2 ** 53,
  '',
  '1',
  true,
  [],
  [[]],
  {},
  new Uint8Array(3),
  new Float64Array(1),
];

type Tree = Record<string, unknown>;
const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);

/** Every value in it, by its path. */
function placesIn(tree: Tree, path: string[] = []): { path: string[]; within: Tree }[] {
  return Object.entries(tree).flatMap(([name, value]) => [
    { path: [...path, name], within: tree },
    ...(isTree(value) ? placesIn(value, [...path, name]) : []),
  ]);
}

/** Changes one value, or leaves it out. @returns which */
function damage(checkpoint: object, draw: (most: number) => number): string {
  const places = placesIn(checkpoint as Tree);
  const { path, within } = places[draw(places.length)];
  const name = path.at(-1) ?? '';
  const other = draw(6) === 0 ? undefined : junk[draw(junk.length)];
  if (other === undefined && !Array.isArray(within)) delete within[name];
  else within[name] = other;
  return `${path.join('.')} = ${JSON.stringify(other)}`;
}

it('is refused, or trains', async () => {
  const run = trainPopulation(engine, data, [
    { model: { hidden: [3] }, training: { epochs: 4, batch_size: 5, early_stopping: { patience: 1 } } },
    { model: { hidden: [3] }, training: { epochs: 3, schedule: { kind: 'reduce_on_plateau', plateau: 1 } } },
  ]);
  await run.epoch();
  await run.change({ l2: 0.01 }, 1);
  await run.epoch();
  await run.steps(2);
  const sound = await run.checkpoint();
  const counts = { refused: 0, trained: 0 };
  for (let index = 0; index < times(300, 10_000); index++) {
    let drawn = 0;
    const draw = (most: number) => hashAt(faultSeed, index, drawn++) % most;
    const checkpoint = structuredClone(sound);
    const said = `${damage(checkpoint, draw)} of FAULT_SEED=${faultSeed}`;
    await expect(
      (async () => {
        const resumed = await resumedRun(engine, data, checkpoint);
        if ('refused' in resumed) return 'refused';
        while (resumed.run.epochsDone < 9 && (await resumed.run.epoch()));
        return 'trained';
      })().then((came: keyof typeof counts) => counts[came]++),
      said,
    ).resolves.toBeTypeOf('number');
  }
  expect(counts.refused).toBeGreaterThan(counts.trained);
  console.log(`checkpoints refused ${counts.refused}, trained ${counts.trained}`);
});
