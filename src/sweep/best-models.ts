/** The best model of each combination, of those that are worth keeping: a sweep ends with what it found. */
import type { ModelData } from '../model/model-data.ts';

/** Bytes of parameters that are kept at most; beyond, those of the worst trials are dropped. */
const mostBytes = 256 * 2 ** 20;

export interface Found {
  /** Place of the trial among the results. */
  trial: number;
  /** The smaller the better. */
  score: number;
  model: ModelData;
}

export interface Models {
  /** By combination. */
  readonly best: ReadonlyMap<number, Found>;
  /** Whether a trial of this combination is better than the one that is kept. */
  wants(cell: number, found: Pick<Found, 'trial' | 'score'>): boolean;
  add(cell: number, found: Found): void;
}

export function createModels(limit = mostBytes): Models {
  const best = new Map<number, Found>();
  let bytes = 0;
  const drop = (cell: number) => {
    bytes -= best.get(cell)?.model.parameters.byteLength ?? 0;
    best.delete(cell);
  };
  return {
    best,
    wants(cell, { trial, score }) {
      const known = best.get(cell);
      return !known || score < known.score || (score === known.score && trial < known.trial);
    },
    add(cell, found) {
      drop(cell);
      best.set(cell, found);
      bytes += found.model.parameters.byteLength;
      while (bytes > limit && best.size > 1) {
        const worst = [...best].reduce((a, b) => (b[1].score > a[1].score ? b : a));
        drop(worst[0]);
      }
    },
  };
}
