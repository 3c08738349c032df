/**
 * What decides the bits of a run, beside its settings, as one word: the engine, the plan, and the kernels that were measured to
 * be the quickest. `cpu:relaxed`, `webgpu:resident:workgroup64:tiled8-tiled8-tiled16`. A population that is given the code of
 * another takes the same way, whatever would be measured now; `gpu/plan/plan-code.ts` says what a GPU's consists of.
 */
import { engines } from '../messages/en/engines.ts';
import { quotable } from '../util/bounded.ts';
import { InputError } from '../util/errors.ts';
import { message } from '../util/message.ts';
import type { EngineKind } from './engine.ts';

/** The engine that a code is of; undefined where it is of none. */
export function engineOfPlan(code: string): EngineKind | undefined {
  const kind = code.split(':', 1)[0];
  return kind === 'webgpu' || kind === 'cpu' || kind === 'reference' ? kind : undefined;
}

/** The code is of no plan, or of one that cannot be had here. */
export function planRefused(code: string, engine: string): InputError {
  return new InputError(message(engines, 'plan_not_here', { code: quotable(code), engine }), 'plan');
}
