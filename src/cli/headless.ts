/** An engine for a process without a page: WebGPU is Dawn, loaded only when it may be needed. */
import type { Calibration } from '../engine/calibration.ts';
import type { Engine } from '../engine/engine.ts';
import { type EngineChoice, engineChoices, requestEngine } from '../engine/request.ts';
import { InputError } from '../spec/errors.ts';
import { nearest } from '../spec/nearest.ts';
import { list } from '../spec/words.ts';

/** Nobody scrolls here, so slices may be long; Ctrl-C still answers at once. */
const sliceMs = 75;

/** @throws InputError when there is no such engine. */
export function engineChoice(word: string): EngineChoice {
  const choice = engineChoices.find((known) => known === word);
  if (choice) return choice;
  const close = nearest(word, engineChoices);
  throw new InputError(
    `--engine: "${word}" is not known; choose ${list(engineChoices)}${close ? ` (did you mean ${close}?)` : ''}.`,
    'engine',
  );
}

/**
 * @param through what the machine's calibration is asked through, if anything
 * @throws InputError when WebGPU is asked for and there is none.
 */
export async function headlessEngine(
  kind: EngineChoice,
  through: (calibration: Calibration) => Calibration = (calibration) => calibration,
): Promise<Engine> {
  if (kind !== 'auto' && kind !== 'webgpu') return requestEngine({ kind, slice_ms: sliceMs });
  const { requestDawn } = await import('../machine/dawn.ts');
  const { calibrationFile } = await import('../machine/calibration-file.ts');
  const dawn = await requestDawn();
  if (!dawn.gpu && kind === 'webgpu') {
    throw new InputError(`--engine webgpu: ${dawn.reason}; or choose cpu.`, 'engine');
  }
  // Where the file cannot be written a run goes on without; `doctor` says so.
  return requestEngine({ kind, gpu: dawn.gpu, slice_ms: sliceMs, calibration: through(calibrationFile()) });
}
