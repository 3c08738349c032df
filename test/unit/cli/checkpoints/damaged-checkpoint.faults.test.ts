/** A sweep whose checkpoints were damaged on disk ends with the bits of one that nothing has happened to, and says which file it was. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { keptFolder } from '../../../../src/cli/checkpoints/kept-folder.ts';
import { generate } from '../../../../src/data/prepare/generate.ts';
import { createReferenceEngine } from '../../../../src/engine/reference/engine.ts';
import type { SweepResult } from '../../../../src/sweep/results/types.ts';
import { sweep } from '../../../../src/sweep/sweep.ts';
import { hashAt } from '../../../../src/util/random.ts';
import { textsOf } from '../../../support/data/tables.ts';
import { faultSeed, times } from '../../../support/faults.ts';
import { prepare } from '../../../support/first-defaults.ts';

const engine = createReferenceEngine('reference', 'asked for');
const data = prepare(generate('curve', { rows: 30, seed: 4 }), { target: 'y' });
const definition = {
  base: { model: { hidden: [4] }, training: { epochs: 6 } },
  grid: { 'model.hidden': [[4], [3, 3], [2]], 'training.batch_size': [8, 5] },
};
const place = mkdtempSync(join(tmpdir(), 'damaged-'));
afterAll(() => rmSync(place, { recursive: true }));

/** All but the times and the notices. */
function bitsOf({ trials, leaderboard, best }: SweepResult) {
  const timeless = trials.map(({ history, ...trial }) => ({
    ...trial,
    history: history.map(({ seconds: _, ...record }) => record),
  }));
  return { trials: timeless, leaderboard, parameters: best.model.members[0].parameters };
}

/** What an ended sweep has left: populations that have ended, and some that train. */
async function interrupted(out: string): Promise<void> {
  let now = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
    now += 4000;
    return now;
  });
  const abort = new AbortController();
  let epochs = 0;
  const progress = () => {
    epochs += 1;
    if (epochs === 6) abort.abort();
  };
  const less = { ...definition, grid: { ...definition.grid, 'model.hidden': [[4]] } };
  try {
    await sweep(engine, data, less, { store: keptFolder({ out }) });
    await sweep(engine, data, definition, { store: keptFolder({ out }), signal: abort.signal, progress });
  } finally {
    clock.mockRestore();
  }
}

it('goes on to the same bits whichever file was damaged, and names it', async () => {
  const straight = bitsOf(await sweep(engine, data, definition));
  const left = join(place, 'left');
  await interrupted(left);
  const files = readdirSync(join(left, 'checkpoint')).filter((file) => file !== 'about.checkpoint');
  expect(new Set(files.map((file) => file.split('-')[0]))).toEqual(new Set(['ended', 'running']));
  for (let index = 0; index < times(4, 200); index++) {
    const out = join(place, String(index));
    cpSync(left, out, { recursive: true });
    const file = join(out, 'checkpoint', files[hashAt(faultSeed, index, 0) % files.length]);
    const bytes = readFileSync(file);
    const at = hashAt(faultSeed, index, 1) % bytes.length;
    bytes[at] ^= 1 << (hashAt(faultSeed, index, 2) % 8);
    writeFileSync(file, bytes);
    const result = await sweep(engine, data, definition, { store: keptFolder({ out }) });
    const said = `bit of byte ${at} of ${file}, FAULT_SEED=${faultSeed}`;
    expect(bitsOf(result), said).toEqual(straight);
    expect(textsOf(result.notices), said).toEqual([
      expect.stringMatching(new RegExp(`^${file}: .* What was kept there is trained again\\.$`)),
    ]);
    rmSync(out, { recursive: true });
  }
});
