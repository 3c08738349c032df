/**
 * The lines of a journal of Optuna's `JournalFileBackend`, an operation each: Optuna replays them in their order, and reads those
 * that are appended while it has the file open. After Optuna 5.0 (https://github.com/optuna/optuna/tree/1d8ce7bb/optuna):
 * `storages/journal/_storage.py` for the operations and what their replay asks of them, `storages/journal/_file.py` for the
 * lines, `trial/_frozen.py` for what a trial of each state has.
 */

/** `JournalOperation`. */
export const operations = {
  create_study: 0,
  set_study_user_attr: 2,
  set_study_system_attr: 3,
  create_trial: 4,
  set_trial_state_values: 6,
  set_trial_intermediate_value: 7,
  set_trial_user_attr: 8,
} as const;

/** `StudyDirection`. */
export const directions = { minimize: 1, maximize: 2 };

/** `TrialState`. */
export const states = { running: 0, complete: 1, pruned: 2, fail: 3, waiting: 4 };

type Operation = keyof typeof operations;

/** @param floats numbers that Python shall read as such: optuna-dashboard gives them to NumPy, which takes no int beyond 64 bits */
export function record(operation: Operation, fields: object, floats?: object): string {
  // Of none of the processes that read it: to them it is another's.
  const plain = JSON.stringify({ op_code: operations[operation], worker_id: 'perceptron-lab', ...fields });
  if (!floats) return `${plain}\n`;
  const others = JSON.stringify(floats).replace(/(?<=(?:":|\[)-?)\d+(?=[,}\]])/g, '$&.0');
  return `${plain.slice(0, -1)},${others.slice(1)}\n`;
}

/** As Python's `datetime.fromisoformat` read it before 3.11, too. */
export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '000+00:00');
}
