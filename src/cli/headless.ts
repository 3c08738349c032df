/** An engine for a process without a page: WebGPU is Dawn, loaded only when it may be needed. */
import { Option } from 'commander';
import type { Calibration } from '../engine/calibration.ts';
import { checkThreads, maxThreads } from '../engine/cpu/threads/thread-limit.ts';
import { type Engine, engineOfPlan } from '../engine/engine.ts';
import { type EngineChoice, type EngineRequest, engineChoices, requestEngine } from '../engine/request.ts';
import { cli } from '../messages/en/command-line/cli.ts';
import { InputError } from '../util/errors.ts';
import { message } from '../util/message.ts';
import { nearest } from '../util/nearest.ts';
import { list } from '../util/words.ts';

/** Nobody scrolls here, so slices may be long; Ctrl-C still answers at once. */
const sliceMs = 75;

export interface EngineFlags {
  engine?: string;
  reproducible?: boolean;
  threads?: string;
  plan?: string;
}

/** The options of every command that trains. */
export function engineOptions(): Option[] {
  return [
    new Option('--engine <name>', `What computes\n${list(engineChoices)}; default auto`),
    new Option('--reproducible', 'On the CPU: the same bits on every machine, though it may be slower'),
    new Option('--threads <n>', `On the CPU: threads at most\n1 to ${maxThreads}; default all, where they pay`),
  ];
}

/** What was asked for, for the engine to be opened when all else is known to be right. @throws InputError */
export function engineRequest({ engine, reproducible, threads, plan }: EngineFlags): HeadlessRequest {
  const count = threads === undefined ? undefined : Number(threads);
  if (count !== undefined) checkThreads(count, '--threads', threads);
  // A plan is one of an engine.
  const kind = engine ?? (plan && engineOfPlan(plan)) ?? 'auto';
  return { kind: engineChoice(kind), reproducible, threads: count };
}

export type HeadlessRequest = Pick<EngineRequest, 'reproducible' | 'threads'> & { kind: EngineChoice };

function engineChoice(word: string): EngineChoice {
  const choice = engineChoices.find((known) => known === word);
  if (choice) return choice;
  const close = nearest(word, engineChoices);
  throw new InputError(message(cli, 'engine_unknown', { text: word, engines: engineChoices, near: close }), 'engine');
}

/**
 * @param through what the machine's calibration is asked through, if anything
 * @throws InputError when WebGPU is asked for and there is none.
 */
export async function headlessEngine(
  asked: HeadlessRequest,
  through: (calibration: Calibration) => Calibration = (calibration) => calibration,
): Promise<Engine> {
  const { kind } = asked;
  const request: EngineRequest = { ...asked, slice_ms: sliceMs };
  if (kind !== 'auto' && kind !== 'webgpu') return requestEngine(request);
  const { requestDawn } = await import('../machine/dawn.ts');
  const { calibrationFile } = await import('../machine/calibration-file.ts');
  // Nobody is told of a software adapter's warnings where it would not be taken.
  const dawn = await requestDawn({ software: kind === 'webgpu' });
  if (!dawn.gpu && kind === 'webgpu') {
    throw new InputError(message(cli, 'engine_without_gpu', { why: dawn.reason }), 'engine');
  }
  // Where the file cannot be written a run goes on without; `doctor` says so.
  const reason = dawn.gpu ? undefined : dawn.reason;
  return requestEngine({ ...request, gpu: dawn.gpu, reason, calibration: through(calibrationFile()) });
}
