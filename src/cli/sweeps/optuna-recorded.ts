/** What a journal of Optuna's has of the trials of a sweep, so that it can be gone on with. */
import { operations, states } from './optuna-records.ts';

export interface RecordedTrial {
  /** Optuna's, by its place in the journal. */
  id: number;
  /** Milliseconds. */
  begun: number;
  /** When it was last seen to train; undefined of one that has not been, since the journal was opened. */
  seen?: number;
  /** The last whose value is there. */
  epoch: number;
  state: number;
  value: number | null;
}

/** @param lines after those of the study @returns by their places in the sweep; undefined where a line is no operation */
export function readTrials(
  lines: string,
  specs: number,
): { trials: Map<number, RecordedTrial>; count: number } | undefined {
  const byId = new Map<unknown, RecordedTrial>();
  const trials = new Map<number, RecordedTrial>();
  for (const line of lines.split('\n').slice(0, -1)) {
    const fields = fieldsOf(line);
    if (!fields) return undefined;
    const trial = byId.get(fields.trial_id);
    if (fields.op_code === operations.create_trial) {
      const place = Number((fields.user_attrs as { trial?: unknown } | undefined)?.trial) - 1;
      const begun = Date.parse(String(fields.datetime_start));
      const own = { id: byId.size, begun, epoch: 0, state: Number(fields.state), value: null };
      byId.set(own.id, own);
      // Others may have put trials there.
      if (Number.isInteger(place) && place >= 0 && place < specs && !trials.has(place)) trials.set(place, own);
    } else if (trial && fields.op_code === operations.set_trial_intermediate_value) trial.epoch = Number(fields.step);
    else if (trial && fields.op_code === operations.set_trial_state_values) {
      trial.state = Number(fields.state);
      trial.value = Array.isArray(fields.values) ? Number(fields.values[0]) : null;
      if (typeof fields.datetime_start === 'string') trial.begun = Date.parse(fields.datetime_start);
    }
  }
  return { trials, count: byId.size };
}

/** Undefined where the line is no operation. */
function fieldsOf(line: string): Record<string, unknown> | undefined {
  let fields: unknown;
  try {
    fields = JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  return typeof fields === 'object' && fields !== null && 'op_code' in fields ? { ...fields } : undefined;
}

export const isFinal = (state: number | undefined) =>
  state === states.complete || state === states.pruned || state === states.fail;
