/** How far from the reference each kind of figure may be, and where a test leaves how far it was: data alone. */
declare module 'vitest' {
  interface TaskMeta {
    parity?: ParityFigures;
  }
}

/** One case on one engine and plan. */
export interface ParityFigures {
  problem: string;
  /** The plan, and how its kernels are laid out. */
  plan: string;
  /** Worst relative errors by what was compared. */
  errors: Partial<Record<keyof typeof tolerances, number>>;
}

/** What each kind of error may be at most: the design's section 4. */
export const tolerances = {
  forward: 1e-5,
  gradients: 1e-4,
  'loss, first epoch': 1e-4,
  'loss, 200 steps': 1e-3,
};
