/** Holds the best model of each configuration, within a memory limit. */
import type { ModelData } from '../../model/model-data.ts';

/** Most bytes of parameters; beyond that the worst models are dropped. */
const maxBytes = 256 * 2 ** 20;

export interface RankedModel {
  /** Index of the trial in the results. */
  trial: number;
  /** Smaller is better. */
  score: number;
  model: ModelData;
}

export interface BestModels {
  /** By configuration. */
  readonly best: ReadonlyMap<number, RankedModel>;
  /** Whether a trial is better than the best one of its configuration so far. */
  wants(configuration: number, found: Pick<RankedModel, 'trial' | 'score'>): boolean;
  add(configuration: number, found: RankedModel): void;
}

function parameterBytes({ members }: ModelData): number {
  return members.reduce((bytes, { parameters }) => bytes + parameters.byteLength, 0);
}

export function createBestModels(limit = maxBytes): BestModels {
  const best = new Map<number, RankedModel>();
  let bytes = 0;
  const drop = (configuration: number) => {
    const dropped = best.get(configuration);
    if (dropped) bytes -= parameterBytes(dropped.model);
    best.delete(configuration);
  };
  return {
    best,
    wants(configuration, { trial, score }) {
      const known = best.get(configuration);
      return !known || score < known.score || (score === known.score && trial < known.trial);
    },
    add(configuration, found) {
      drop(configuration);
      best.set(configuration, found);
      bytes += parameterBytes(found.model);
      while (bytes > limit && best.size > 1) {
        const worst = [...best].reduce((a, b) => (b[1].score > a[1].score ? b : a));
        drop(worst[0]);
      }
    },
  };
}
