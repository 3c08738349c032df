/** A submitter trains too, such as the last model of a fit, and is heard of meanwhile: whoever watches would take it for gone else. */
import { expect, it } from 'vitest';
import { generate } from '../../../src/data/prepare/generate.ts';
import { requestEngine } from '../../../src/engine/request.ts';
import { prepareFit } from '../../../src/fit/prepared.ts';
import { trainPack } from '../../../src/fit/trained-pack.ts';
import { fitStatus } from '../../../src/queue/fit/status.ts';
import { keysOf } from '../../../src/queue/keys.ts';
import { publish } from '../../../src/queue/published.ts';
import { checkFit } from '../../../src/spec/check.ts';

it('is heard of between two slices of training', async () => {
  const told: string[] = [];
  const transaction = {
    set: (_: string, text: string) => {
      told.push(text);
      return transaction;
    },
    zadd: () => transaction,
    expire: () => transaction,
    exec: async () => [],
  };
  const redis = { time: async () => [1, 0], multi: () => transaction };
  const connection = { redis, keys: keysOf('test'), version: 'test' } as unknown as Parameters<typeof publish>[0];
  let seconds = 0;
  const facts = { table: 'curve.csv', target: 'y', priority: 50, length: { packs: 2 } };
  const publisher = publish(connection, 'a', () => fitStatus(facts, 'training', seconds++, []));

  const engine = await requestEngine({ kind: 'cpu', threads: 1 });
  const plan = { folds: 2, held_out: 0.5, max_rows: 4000, max_width: 256, trials: 2, epochs: 50 };
  const table = generate('curve', { rows: 4000, seed: 4 });
  const prepared = await prepareFit(table, { target: 'y' }, checkFit({}), () => plan);
  const before = told.length;
  const isOver = () => told.length >= before + 2;
  // However fast this machine is.
  for (let number = 1; !isOver(); number++) {
    await trainPack(engine, prepared, { number, limit: Number.POSITIVE_INFINITY }, { isOver, tick: () => {} });
  }
  await publisher.end();
  engine.destroy();
  expect(told.length).toBeGreaterThan(before + 2);
});
