/**
 * What the tests of this folder run wherever the package is tried: it loads what is loaded later (the reader of tables, the CPU
 * engine with its WebAssembly and its threads, sweeps) and answers with numbers that are the same everywhere.
 */
import { loadModel, prepare, readCsv, requestEngine, saveModel, sweep, train } from 'perceptron-lab';

export async function program() {
  const rows = Array.from({ length: 60 }, (_, i) => `${i / 60},${Math.sin(i / 10).toFixed(4)}\n`);
  const table = await readCsv(`x,y\n${rows.join('')}`);
  const data = prepare(table, { target: 'y' });
  const engine = await requestEngine({ kind: 'reproducible', threads: 2 });
  const base = { model: { hidden: [8] }, training: { epochs: 5 } };
  const run = train(engine, data, base);
  const losses = [];
  for await (const { train_loss } of run) losses.push(train_loss);
  const model = loadModel(saveModel(await run.model()));
  const [{ values }] = model.predict(table);
  const swept = await sweep(engine, data, { base, grid: { 'model.activation': ['relu', 'tanh'] } });
  const best = swept.leaderboard[0].metrics.validation.rmse.mean;
  engine.destroy();
  return { engine: engine.adapter, numbers: JSON.stringify({ losses, predicted: [...values], best }) };
}
