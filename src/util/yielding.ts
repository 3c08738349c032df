/**
 * Giving the event loop its turns: between two slices of work, now and then in a long one, and between the steps of one
 * that reports how far it is and can be stopped.
 */

/**
 * Lets the event loop run between two slices of work: messages, clicks and timers get their turn. A timer would be
 * held back to 4 ms by browsers; a message is not.
 */
export function nextTask(): Promise<void> {
  if (typeof setImmediate === 'function') return new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/** Who is told of work that takes long, and can end it. */
export interface Watch {
  /** Bytes of an input that does not know its size itself. */
  size?: number;
  /** Called now and then with the bytes done, and with all of them where that is known. */
  progress?: (bytes: number, total?: number) => void;
  /** Ends the work, with the signal's reason thrown. */
  signal?: AbortSignal;
}

/** Lets the event loop run now and then, and stops where that was asked for. */
export function breather(signal: AbortSignal | undefined): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last > 10) {
      await nextTask();
      last = performance.now();
    }
    signal?.throwIfAborted();
  };
}

/** A step of preparing a table. */
export interface Step {
  /** Finding out what columns are, looking for answers among them, fitting encodings, or encoding. */
  doing: 'types' | 'comparing' | 'fitting' | 'encoding';
  /** The column that is worked on. */
  column: string;
}

/**
 * Work in steps: a generator that says before each of them what comes. Whoever has nobody waiting runs it through
 * (`allSteps`); whoever has uses `watchedSteps`.
 */
export type Steps<Result> = Generator<Step, Result>;

/** Who is told of a table that is prepared, and can end it. */
export interface StepWatch extends Pick<Watch, 'signal'> {
  /** Told before each step: steps that are done, all of them, and what comes. */
  progress?: (done: number, total: number, step: Step) => void;
}

export function allSteps<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/**
 * @param total how many steps there will be at most
 * @throws the signal's reason where that ends the work, within a step's time
 */
export async function watchedSteps<Result>(
  steps: Steps<Result>,
  total: number,
  { progress, signal }: StepWatch,
): Promise<Result> {
  const breathe = breather(signal);
  for (let count = 0; ; count += 1) {
    signal?.throwIfAborted();
    const { done, value } = steps.next();
    if (done) return value;
    progress?.(Math.min(count, total), total, value);
    await breathe();
  }
}
