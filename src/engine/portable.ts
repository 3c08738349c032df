/**
 * A checkpoint in the one layout that the CPU and the reference go on from, whatever engine and plan trained it: for each trial t
 * `parameters t`, `kept t`, and `slot s t`, the s-th number of the optimizer's state for each parameter. Other engines sum in
 * another order: a run that goes on this way has other last digits.
 */
import { stateOf } from '../spec/optimizers.ts';
import { type Checkpoint, otherCheckpoint, portablePlan } from './engine.ts';

/**
 * @param parameterCount of one trial
 * @throws InputError where it is of a population in parts, or of another number of parameters
 */
export function portableCheckpoint(checkpoint: Checkpoint, parameterCount: number): Checkpoint {
  const { plan, steps, trials, stopped, parts } = checkpoint;
  const arrays: Checkpoint['arrays'] = {};
  trials.forEach(({ optimizer }, trial) => {
    for (const name of ['parameters', 'kept']) {
      arrays[`${name} ${trial}`] = ofTrial(checkpoint, name, trial, 4 * parameterCount);
    }
    stateOf(optimizer).forEach((_, slot) => {
      arrays[`slot ${slot} ${trial}`] = slotOf(checkpoint, slot, trial, parameterCount);
    });
  });
  const fits = Object.values(arrays).every(({ byteLength }) => byteLength === 4 * parameterCount);
  if (parts || !fits) throw otherCheckpoint(plan, portablePlan);
  return { plan: portablePlan, steps, trials, stopped, arrays };
}

/** A GPU has one buffer for all trials. */
function ofTrial({ arrays }: Checkpoint, name: string, trial: number, bytes: number): Uint8Array<ArrayBuffer> {
  const all = arrays[name]?.slice(trial * bytes, (trial + 1) * bytes);
  return arrays[`${name} ${trial}`] ?? all ?? new Uint8Array();
}

/** The CPU has them apart; the others parameter by parameter, as many as the plan keeps, which may be none for plain SGD. */
function slotOf(checkpoint: Checkpoint, slot: number, trial: number, count: number): Uint8Array<ArrayBuffer> {
  const { arrays, trials } = checkpoint;
  const apart = arrays[`slot ${slot} ${trial}`];
  if (apart) return apart;
  const own = arrays[`optimizerState ${trial}`];
  const all = arrays.optimizerState ?? arrays.moments;
  const stride = own ? own.length / (4 * count) : Math.floor((all?.length ?? 0) / (4 * count * trials.length));
  const state = own ?? ofTrial(checkpoint, arrays.moments ? 'moments' : 'optimizerState', trial, 4 * count * stride);
  const values = new Float32Array(state.slice().buffer);
  const read = (_: unknown, parameter: number) => (slot < stride ? values[parameter * stride + slot] : 0);
  return new Uint8Array(Float32Array.from({ length: count }, read).buffer);
}
