/**
 * Greedy ensemble selection (Caruana et al. 2004): starting from nothing, the candidate whose addition makes the mean's error
 * smallest is added, with replacement, so that better ones weigh more. The best ensemble on the way is taken.
 */

/** What an ensemble is chosen by: the mean of its candidates' numbers, row by row, has an error. */
export interface SelectionTask {
  /**
   * Of each candidate, for each row that it was not trained on: for classes the probability it gives to the row's class,
   * for numbers its answer.
   */
  answers: readonly Float32Array[];
  /** Of each row, for numbers; absent for classes. */
  targets?: Float32Array;
  /** Of a number; the square of the difference unless given. */
  error?: (answer: number, target: number) => number;
  /** Rows that count; all unless told. */
  rows?: Uint32Array;
}

export interface SelectionLimits {
  /** Additions. */
  picks: number;
  /** Candidates that may take part. */
  candidates: number;
}

export interface Selection {
  /** How often each candidate was added: [candidate, times], in the order of candidates. */
  picks: [candidate: number, times: number][];
  /** Of the mean, over the rows: log loss for classes, mean squared error for numbers. */
  loss: number;
}

/** The smallest probability of a class that counts, as everywhere log losses of averages are taken. */
const leastProbability = 1e-7;

/** @param task with one candidate at least */
export function selectGreedily(task: SelectionTask, limits: SelectionLimits): Selection {
  const { answers } = task;
  const rows = task.rows ?? Uint32Array.from(answers[0], (_, row) => row);
  const sum = new Float64Array(rows.length);
  const times = new Map<number, number>();
  let best: Selection = { picks: [], loss: Number.POSITIVE_INFINITY };
  for (let pick = 1; pick <= limits.picks; pick++) {
    const open = answers
      .map((_, candidate) => candidate)
      .filter((candidate) => times.size < limits.candidates || times.has(candidate));
    let chosen = open[0];
    let lowest = Number.POSITIVE_INFINITY;
    for (const candidate of open) {
      const loss = lossWith(task, rows, sum, answers[candidate], pick);
      if (loss < lowest) [chosen, lowest] = [candidate, loss];
    }
    for (let i = 0; i < rows.length; i++) sum[i] += answers[chosen][rows[i]];
    times.set(chosen, (times.get(chosen) ?? 0) + 1);
    if (lowest < best.loss) best = { picks: [...times].sort(([a], [b]) => a - b), loss: lowest };
  }
  return best;
}

/** The loss of one candidate by itself. */
export function lossOf(task: SelectionTask, candidate: number): number {
  const rows = task.rows ?? Uint32Array.from(task.answers[0], (_, row) => row);
  return lossWith(task, rows, new Float64Array(rows.length), task.answers[candidate], 1);
}

const squareError = (answer: number, target: number) => (answer - target) ** 2;

function lossWith(
  { targets, error = squareError }: SelectionTask,
  rows: Uint32Array,
  sum: Float64Array,
  own: Float32Array,
  count: number,
) {
  let loss = 0;
  for (let i = 0; i < rows.length; i++) {
    const mean = (sum[i] + own[rows[i]]) / count;
    if (targets) loss += error(mean, targets[rows[i]]);
    else loss -= Math.log(Math.max(mean, leastProbability));
  }
  return loss / rows.length;
}

/**
 * By what share the error is smaller than it was; nothing falls from 0.
 * @param squares whether these are means of squares, whose roots are the errors
 */
export function fallFrom(before: number, now: number, squares: boolean): number {
  if (before === 0) return 0;
  return 1 - (squares ? Math.sqrt(now / before) : now / before);
}
