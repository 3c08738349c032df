/** The choices of plan and kernels that stand beside checkpoints: the same again, and what is said where they are damaged. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepingChoices, keptFolder } from '../../../../src/cli/checkpoints/kept-folder.ts';
import type { Notice } from '../../../../src/data/table/notices.ts';
import type { Calibration } from '../../../../src/engine/calibration.ts';
import { textsOf } from '../../../support/data/tables.ts';

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'choices-'));
});
afterEach(() => rmSync(out, { recursive: true }));

/** The machine's own, measured anew in between. */
function calibrationOf(choice: string): Calibration & { known: Map<string, string> } {
  const known = new Map([['plan', choice]]);
  return { known, get: async (key) => known.get(key), set: async (key, value) => void known.set(key, value) };
}

function chosen(machine: Calibration, notices: Notice[] = []): Calibration {
  const store = keptFolder({ out });
  if (!store) throw new Error('no folder');
  return keepingChoices(store, machine, notices);
}

it('are those of the beginning, whatever the machine has measured since', async () => {
  expect(await chosen(calibrationOf('layered')).get('plan')).toBe('layered');
  expect(await chosen(calibrationOf('resident')).get('plan')).toBe('layered');
  await chosen(calibrationOf('resident')).set('kernel', 'tiled');
  expect(await chosen(calibrationOf('resident')).get('kernel')).toBe('tiled');
});

it('are made anew where their file is damaged, and what follows is said', async () => {
  await chosen(calibrationOf('layered')).get('plan');
  const file = join(out, 'checkpoint', 'choices.checkpoint');
  const bytes = readFileSync(file);
  bytes[bytes.length - 3] ^= 4;
  writeFileSync(file, bytes);
  const notices: Notice[] = [];
  expect(await chosen(calibrationOf('resident'), notices).get('plan')).toBe('resident');
  expect(textsOf(notices)).toEqual([
    `${file}: the file is damaged, its checksum is another. It held which plan and kernels trained: they are chosen as for a new run, and where the choice is another, results differ in their last digits from those of a run without interruption.`,
  ]);
  expect(await chosen(calibrationOf('layered')).get('plan')).toBe('resident');
});
