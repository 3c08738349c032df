/** `--optuna` while the sweep trains: Optuna can read the journal at any moment, and a sweep that is killed goes on with it. */
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folder, start } from '../../support/commands/cli.ts';
import { optunaProgram, type ReplayedStudy, replay } from '../../support/commands/optuna-journal.ts';
import { findPython, runPython } from '../../support/models/python.ts';

const python = findPython('optuna');
const sweep = {
  base: { model: { hidden: [32, 32] }, training: { epochs: 100, batch_size: 4, early_stopping: false } },
  seeds: 3,
};
const journal = join(folder, 'live', 'optuna.log');
const words = 'sweep curve.csv live.json --target y --engine cpu --threads 1 --model best --quiet --optuna --out live';
const study = () => replay(readFileSync(journal, 'utf8'));
const states = () => study().trials.map(({ state }) => state);

/**
 * For Node: the process stands still, and says so, once it has appended scores of trials that train. Each look at the clock
 * takes a second of it, so that the speed of the machine decides nothing.
 */
const halting = `
  import fs from 'node:fs';
  import { syncBuiltinESMExports } from 'node:module';
  let now = 0;
  performance.now = () => (now += 1000);
  const write = fs.writeSync;
  fs.writeSync = (file, bytes, ...range) => {
    const written = write(file, bytes, ...range);
    if (String(bytes).startsWith('{"op_code":7,')) {
      write(2, 'halted');
      process.kill(process.pid, 'SIGSTOP');
    }
    return written;
  };
  syncBuiltinESMExports();`;
const haltedAsItGrows = `--import=data:text/javascript,${encodeURIComponent(halting)}`;

it('grows with the sweep, is whole at every moment, and has no trial twice after a kill', async () => {
  writeFileSync(join(folder, 'live.json'), JSON.stringify(sweep));
  const killed = start(words.split(' '), '', haltedAsItGrows);
  await Promise.race([once(killed.child.stderr, 'data'), killed.ended]);
  const [first, ...others] = study().trials;
  expect([first.state, Object.keys(first.intermediate_values).length > 0, others.length]).toEqual(['RUNNING', true, 2]);
  if (python) {
    const { trials } = runPython<ReplayedStudy>(python, optunaProgram(journal), folder);
    expect(trials).toEqual(study().trials);
  }
  killed.child.kill('SIGKILL');
  await killed.ended;
  expect(states()).toEqual(['RUNNING', 'RUNNING', 'RUNNING']);
  const before = readFileSync(journal, 'utf8');
  expect(await start([...words.split(' '), '--resume']).ended).toMatchObject({ code: 0 });
  expect(readFileSync(journal, 'utf8').startsWith(before)).toBe(true);
  expect(states()).toEqual(['COMPLETE', 'COMPLETE', 'COMPLETE']);
  const { trials } = JSON.parse(readFileSync(join(folder, 'live', 'sweep.json'), 'utf8'));
  expect(study().trials.map(({ value }) => value)).toEqual(
    trials.map(({ metrics }: { metrics: { validation: { rmse: number } } }) => metrics.validation.rmse),
  );
});
