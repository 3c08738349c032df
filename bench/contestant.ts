/**
 * What takes part in the benchmark: a module in `contestants/` (ours) or `peers/` (with dependencies of its own) that
 * exports `contestants`, a list of these. `bench/README.md` says how to enter one.
 */
import type { Workload } from './workloads.ts';

export interface Contestant {
  /** The library, and what of it: a back end, a plan, a number of threads. Together they are its name. */
  lib: string;
  variant: string;
  /**
   * `isolated` pages are served with the headers that give them threads; some libraries are quicker without. Isolated
   * unless said otherwise.
   */
  page?: 'isolated' | 'plain';
  /** Gets ready what every workload needs: a device, a back end. Called once, in a worker of its own. */
  init(): Promise<Readiness>;
  /** @throws NotForThis where it cannot train such a workload, which is no failure */
  create(workload: Workload): Promise<Session>;
}

export interface Readiness {
  version: string;
}

/** One workload, ready to train. */
export interface Session {
  /** Trains so many steps more, and resolves when the last one's parameters are there to be read. */
  steps(count: number): Promise<void>;
  /** Parameters of one model now: layer by layer weight [output, input] row-major, then bias [output]. */
  params(model: number): Promise<Float32Array>;
  /** One phrase about how it trains, for the record. */
  how?: string;
  dispose(): void;
}

/** Thrown by `create`: an empty place in the table, with the reason. */
export class NotForThis extends Error {
  override name = 'NotForThis';
}

export const nameOf = ({ lib, variant }: Pick<Contestant, 'lib' | 'variant'>): string =>
  lib === variant ? lib : `${lib} ${variant}`;
