/** `doctor`'s look at the choices that are measured once: where they are kept, and what they come to for a known network. */

import { prepare } from '../../data/prepare/prepare.ts';
import { readCsv } from '../../data/read/csv.ts';
import { requestEngine } from '../../engine/request.ts';
import { type CalibrationFile, calibrationFile } from '../../machine/calibration-file.ts';
import { train } from '../../train/trainer.ts';
import type { Said } from '../../util/message.ts';

export interface CalibrationReport {
  file: string;
  /** Choices in the file, of all adapters and populations. */
  choices: number;
  /** Why choices cannot be kept, if they cannot. */
  problem: string | null;
  /** What is chosen for the founding network; null where there is no WebGPU. */
  plan: { network: string; plan: string; why: Said } | null;
}

const network = '1-150-150-1, batch 8';
const settings = { model: { hidden: [150, 150] }, training: { batch_size: 8 } };
const rows = Array.from({ length: 50 }, (_, row) => `${row},${Math.sin(row / 8).toFixed(3)}`);

/** @param anew whether what is known is forgotten first */
export async function examineCalibration(gpu: GPU | undefined, anew: boolean): Promise<CalibrationReport> {
  const file = calibrationFile();
  if (anew) noted(file, () => file.clear(), undefined);
  const plan = await planned(gpu, file).catch((error) => {
    file.failed(error);
    return null;
  });
  const choices = noted(file, () => file.count(), 0);
  return { file: file.path, choices, problem: file.problem ?? null, plan };
}

async function planned(gpu: GPU | undefined, calibration: CalibrationFile): Promise<CalibrationReport['plan']> {
  if (!gpu) return null;
  const data = prepare(await readCsv(`x,y\n${rows.join('\n')}\n`), { target: 'y' });
  const engine = await requestEngine({ kind: 'webgpu', gpu, calibration });
  const run = train(engine, data, settings);
  try {
    return { network, plan: await run.plan(), why: await run.planWhy() };
  } finally {
    await run.destroy();
    engine.destroy();
  }
}

/** Doctor says what is wrong and goes on. */
function noted<Value>(file: CalibrationFile, work: () => Value, otherwise: Value): Value {
  try {
    return work();
  } catch (error) {
    file.failed(error);
    return otherwise;
  }
}
