/**
 * Pauses, stops or inspects a run between two slices of its work, when the engine is idle. The training loop calls
 * `proceed` before each slice and passes `signal()` to it, so that the slice ends early when a request is pending.
 */
export interface RunControl<Subject> {
  readonly paused: boolean;
  readonly stopped: boolean;
  pause(): void;
  resume(): void;
  /** Permanent. */
  stop(): void;
  /** Runs `work` before the next slice, also while paused. */
  request<Result>(work: (subject: Subject) => Promise<Result>): Promise<Result>;
  /** Runs pending requests and waits while paused. Returns false when the run should end. */
  proceed(subject: Subject): Promise<boolean>;
  /** For the next slice. Aborts when a pause, stop or request is pending. */
  signal(): AbortSignal;
}

export function createRunControl<Subject>(): RunControl<Subject> {
  let paused = false;
  let stopped = false;
  let interrupt = new AbortController();
  let wake = () => {};
  const requests: ((subject: Subject) => Promise<void>)[] = [];
  const interruptSlice = () => {
    interrupt.abort();
    wake();
  };
  return {
    get paused() {
      return paused;
    },
    get stopped() {
      return stopped;
    },
    pause() {
      paused = true;
      interruptSlice();
    },
    resume() {
      paused = false;
      interruptSlice();
    },
    stop() {
      stopped = true;
      paused = false;
      interruptSlice();
    },
    request<Result>(work: (subject: Subject) => Promise<Result>) {
      const done = new Promise<Result>((resolve, reject) => {
        requests.push((subject) => work(subject).then((result) => resolve(result), reject));
      });
      interruptSlice();
      return done;
    },
    async proceed(subject) {
      for (;;) {
        for (let work = requests.shift(); work; work = requests.shift()) await work(subject);
        if (!paused) return !stopped;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    signal() {
      interrupt = new AbortController();
      if (paused || stopped || requests.length > 0) interrupt.abort();
      return interrupt.signal;
    },
  };
}
