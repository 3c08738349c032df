import { it } from 'vitest';
import { gpuEngine, reference, difference } from './engines.ts';
import { makeData, makePopulation, type Case } from './cases.ts';
it('x', async () => {
  const c: Case = { columns: 1, hidden: [150,150], outputs: 1, rows: 500, batch_size: 8, activation: 'leaky_relu', loss: 'mse', optimizer: 'sgd' };
  const data = makeData(c); const s = makePopulation(c);
  const gpu = await gpuEngine();
  const t0 = performance.now();
  const p = await gpu.populate(data, s); const r = await reference.populate(data, s);
  console.log('populate', performance.now() - t0);
  const x = data.features.slice(0, 100);
  console.log('forward', difference(await p.predict(x, 100), await r.predict(x, 100)));
  const a = await p.train(1), b = await r.train(1);
  console.log('loss', a.losses[0], b.losses[0]);
  console.log('params', difference(await p.parameters(0), await r.parameters(0)));
  for (const [n, pop] of [['gpu', p], ['ref', r]] as const) {
    const t = performance.now();
    const d = await pop.train(500);
    console.log(n, 500 / (performance.now() - t) * 1000, 'steps/s', d.losses.at(-1));
  }
  console.log((await p.evaluate('validation'))[0], (await r.evaluate('validation'))[0]);
});
