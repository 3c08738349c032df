/**
 * Which epochs of a long run a chart draws, and how keys go through those: what is not drawn has no place for the cursor.
 * Evenly spaced, the newest always among them.
 */

/** More points than pixels only cost time. */
export const mostPoints = 2000;

/** The first that is drawn, from 1 on, and the step from each to the next. */
export function drawnEpochs(epochs: number): { first: number; every: number } {
  const every = Math.max(1, Math.ceil(epochs / mostPoints));
  return { first: epochs > 0 ? ((epochs - 1) % every) + 1 : 1, every };
}

/** The epoch of a drawn point, by its place in the line. */
export function epochDrawn(index: number, epochs: number): number {
  const { first, every } = drawnEpochs(epochs);
  return first + index * every;
}

/**
 * Where a key leads from the epoch that is read, if from any; undefined for other keys, and where there is nothing to read.
 * @param isSeen whether an epoch is in the part of the chart that is seen: others are passed over
 */
export function epochByKey(
  key: string,
  read: number | null,
  epochs: number,
  isSeen: (epoch: number) => boolean = () => true,
): number | undefined {
  if (epochs === 0) return undefined;
  const { first, every } = drawnEpochs(epochs);
  const last = (epochs - first) / every;
  const now = read === null ? undefined : Math.round((read - first) / every);
  const next = { ArrowLeft: (now ?? last + 1) - 1, ArrowRight: (now ?? -1) + 1, Home: 0, End: last }[key];
  if (next === undefined) return undefined;
  const onward = key === 'ArrowLeft' || key === 'End' ? -1 : 1;
  for (let index = Math.min(last, Math.max(0, next)); index >= 0 && index <= last; index += onward) {
    const epoch = epochDrawn(index, epochs);
    if (isSeen(epoch)) return epoch;
  }
  return undefined;
}
