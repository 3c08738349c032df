/** The second training of `train --out`: what ends it, and what is kept then. */
import { describe, expect, it } from 'vitest';
import { watched } from '../../../src/cli/interrupt.ts';
import { refitOnAllRows } from '../../../src/cli/refit.ts';
import { generate } from '../../../src/data/prepare/generate.ts';
import { prepare } from '../../../src/data/prepare/prepare.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { createReferenceEngine } from '../../../src/engine/reference/engine.ts';
import { engines } from '../../../src/messages/en/engines/engines.ts';
import { type Run, train } from '../../../src/train/trainer.ts';
import { RunError } from '../../../src/util/errors.ts';
import { message } from '../../../src/util/message.ts';

const engine = createReferenceEngine('reference', 'asked for');
const table = generate('curve', { rows: 40, seed: 4 });
const data = prepare(table, { target: 'y' });
const whole = prepare(table, { target: 'y', split: { train: 1 } });

async function trained(on: Engine): Promise<Run> {
  const run = train(on, data, { model: { hidden: [3] }, training: { epochs: 4 } });
  await run.model();
  return run;
}

async function toTheEnd(run: Run) {
  await run.model();
  if (!run.outcome) throw new Error('the run ended without an outcome');
  return { outcome: run.outcome, seconds: 0 };
}

describe('the second training', () => {
  it('gives the model of all rows', async () => {
    const { model, saved, epochs } = await refitOnAllRows(engine, whole, await trained(engine), toTheEnd);
    expect(model?.origin.refit).toEqual({ epochs, rows: 40 });
    expect(saved).toMatchObject({ code: 'saved_refit', params: { epochs, rows: 40 } });
  });

  it('leaves the first where the device is lost, and says why', async () => {
    const run = await trained(engine);
    const lost: Engine = {
      ...engine,
      destroy() {},
      createPopulation: async () => {
        throw new RunError(message(engines, 'no_adapter'));
      },
    };
    const { model, saved } = await refitOnAllRows(lost, whole, run, toTheEnd);
    expect(model).toBeUndefined();
    expect(saved.code).toBe('refit_failed');
    expect(saved.text).toContain('there is no graphics adapter for it');
  });

  it('does not hide a mistake of the program', async () => {
    const wrong: Engine = { ...engine, destroy() {}, createPopulation: async () => Promise.reject(new TypeError('x')) };
    await expect(refitOnAllRows(wrong, whole, await trained(engine), toTheEnd)).rejects.toThrow(TypeError);
  });
});

describe('work in several parts', () => {
  it('is ended by a Ctrl-C between two of them', async () => {
    const listening = process.listenerCount('SIGINT');
    const aborted = await watched(false, async ({ signal, withBar }) => {
      const found = await withBar(unseen, async (bar) => bar);
      expect(found).toBeUndefined();
      process.emit('SIGINT');
      return signal.aborted;
    });
    expect(aborted).toBe(true);
    expect(process.listenerCount('SIGINT')).toBe(listening);
  });
});

async function unseen(): Promise<{ stop(): void }> {
  throw new Error('nobody watches');
}
