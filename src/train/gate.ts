/**
 * Where a run can be held, ended or looked at: between two slices of its work, when nothing is under way on the engine.
 * Whoever trains passes the gate before each slice, and gives the slice the gate's signal, so that it is short when
 * somebody waits.
 */
export interface Gate<Subject> {
  readonly paused: boolean;
  readonly stopped: boolean;
  pause(): void;
  resume(): void;
  /** For good. */
  stop(): void;
  /** Does something at the next passing, in a pause too. */
  ask<Result>(work: (subject: Subject) => Promise<Result>): Promise<Result>;
  /** Does what was asked for, and sits out pauses. False when the run is to end. */
  pass(subject: Subject): Promise<boolean>;
  /** For the next slice: aborted when somebody wants the gate. */
  signal(): AbortSignal;
}

export function createGate<Subject>(): Gate<Subject> {
  let paused = false;
  let stopped = false;
  let interrupt = new AbortController();
  let wake = () => {};
  const asked: ((subject: Subject) => Promise<void>)[] = [];
  const call = () => {
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
      call();
    },
    resume() {
      paused = false;
      call();
    },
    stop() {
      stopped = true;
      paused = false;
      call();
    },
    ask<Result>(work: (subject: Subject) => Promise<Result>) {
      const done = new Promise<Result>((resolve, reject) => {
        asked.push((subject) => work(subject).then((result) => resolve(result), reject));
      });
      call();
      return done;
    },
    async pass(subject) {
      for (;;) {
        for (let work = asked.shift(); work; work = asked.shift()) await work(subject);
        if (!paused) return !stopped;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    signal() {
      interrupt = new AbortController();
      if (paused || stopped || asked.length > 0) interrupt.abort();
      return interrupt.signal;
    },
  };
}
