/** What a history of losses says of its direction, beside the noise of single epochs. */
import { meanOf } from '../../util/statistics/statistics.ts';

/** Shorter histories say nothing of a trend. */
export const fewestEpochs = 10;
/** Losses of single epochs are noise: those of this share of the epochs are averaged. */
const averaged = 0.1;

/** Epochs whose losses are averaged, of so many. */
export function windowOf(epochs: number): number {
  return Math.max(3, Math.round(averaged * epochs));
}

/** Standard deviation of independent noise that would make losses differ as much from one epoch to the next. */
export function stepDeviation(losses: readonly number[]): number {
  const squares = losses.slice(1).map((loss, index) => (loss - losses[index]) ** 2);
  return Math.sqrt(meanOf(squares) / 2);
}

/** Less than this share of the loss, to be had from as many epochs again, is not worth the time. */
const worthwhile = 0.1;
/** In standard errors of the slope, beyond what chance and single jumps reach. */
const leastErrors = 4;
/** Schedules that end with the run: their loss falls in the last epochs because the learning rate does. */
const endWithRun: readonly string[] = ['linear', 'cosine', 'flat_cosine', 'coslog4'];

/**
 * Whether as many epochs again would have brought the loss down further. Losses fall about as a power of the epoch, whose
 * exponent a straight line through the logarithms of the second half tells. Decision 19 has what became of runs that did go on.
 */
export function stillFalling(losses: readonly number[], schedule: string): boolean {
  const epochs = losses.length;
  if (epochs < fewestEpochs || endWithRun.includes(schedule) || !losses.every((loss) => loss > 0)) return false;
  // It may have turned since.
  if (losses.indexOf(Math.min(...losses)) < epochs - 2 * windowOf(epochs)) return false;
  const half = Math.floor(epochs / 2);
  const { slope, error } = lineThrough(
    losses.slice(half).map((loss, index) => [Math.log(half + index + 1), Math.log(loss)] as const),
  );
  return 1 - 2 ** slope >= worthwhile && -slope > leastErrors * error;
}

/** Least squares. */
function lineThrough(points: readonly (readonly [x: number, y: number])[]): { slope: number; error: number } {
  const [meanX, meanY] = [meanOf(points.map(([x]) => x)), meanOf(points.map(([, y]) => y))];
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  const slope = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
  const squares = points.reduce((sum, [x, y]) => sum + (y - meanY - slope * (x - meanX)) ** 2, 0);
  return { slope, error: Math.sqrt(squares / (points.length - 2) / spread) };
}
