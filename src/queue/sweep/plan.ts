/**
 * How a sweep is cut into jobs: the same for the same sweep, whatever of it has ended, so that jobs are known by their trials. With
 * successive halving a job ends at the next rung, and what waits there makes the jobs of the next stage.
 */
import type { DataSet } from '../../data/prepare/dataset.ts';
import type { Notice } from '../../data/table/notices.ts';
import { parameterCount } from '../../engine/parameters.ts';
import { type Configuration, listConfigurations, type Sweep } from '../../sweep/definition/definition.ts';
import { groupTrials, listTrialSpecs, type TrialSpec } from '../../sweep/definition/trial-specs.ts';
import type { TrialResult } from '../../sweep/results/types.ts';
import { epochsDone } from '../../sweep/schedule/progress.ts';
import { halvingOf } from '../../sweep/schedule/rungs.ts';
import type { Halving } from '../../sweep/schedule/time-left.ts';
import { createStages, type StagePart, type Stages } from '../../sweep/stages.ts';
import { createCheckpointer } from '../../sweep/store/checkpointer.ts';
import type { ResumeState } from '../../sweep/store/resume.ts';
import type { SweepStore } from '../../sweep/store/store.ts';
import { checkSets } from '../../sweep/sweep.ts';
import { layersOf, resolveTrial } from '../../train/trials.ts';
import { chunks } from '../../util/arrays.ts';
import type { PlannedJob } from '../jobs.ts';
import { sha256 } from '../keys.ts';
import { jobId, type SweepJobData } from '../task.ts';

export interface SweepJob extends PlannedJob<SweepJobData> {
  part: StagePart;
}

export interface QueuePlan {
  configurations: Configuration[];
  specs: TrialSpec[];
  /** Of the trials, by place. */
  keys: readonly string[];
  halving: Halving;
  /** Results that the store had. */
  ended: TrialResult[];
  stages: Stages;
  /** Of the next stage. @param task its hash */
  jobs(task: string): SweepJob[];
}

/** So many jobs keep workers of different speed busy to the end; a job of more trials keeps a GPU busy. */
const usualJobs = 64;
const mostTrials = 256;
/** Bytes of a checkpoint: it is one file, of 2 GB at most. What waits at a rung travels to the folder and back each time. */
const mostSaved = { rung: 256e6, else: 1e9 };

/** @param size trials of a job @throws InputError where the store holds another sweep */
export async function planSweep(
  definition: Sweep,
  sets: readonly DataSet[],
  store: SweepStore,
  notices: Notice[],
  size?: number,
): Promise<QueuePlan> {
  checkSets(definition, sets);
  const [data] = sets;
  const configurations = listConfigurations(definition, { rows: data.sets.train.length, outputs: data.outputs });
  const specs = listTrialSpecs(definition, configurations);
  const halving = halvingOf(definition, specs);
  const { resumed, keys } = await createCheckpointer(store, definition, { all: specs, specs, sets, notices });
  const trials = size ?? Math.min(mostTrials, Math.ceil(specs.length / usualJobs));
  const most = definition.halving ? mostSaved.rung : mostSaved.else;
  const ofJob = ([{ fold, trial }]: readonly TrialSpec[]) =>
    Math.min(trials, Math.max(1, Math.floor(most / savedBytes(trial, sets[fold]))));
  const cut = (remaining: readonly TrialSpec[]) => {
    const wanted = new Set(remaining.map(({ place }) => place));
    return groupTrials(specs, sets)
      .flatMap((group) => chunks(group, ofJob(group)))
      .map((own) => own.filter(({ place }) => wanted.has(place)))
      .filter((own) => own.length > 0);
  };
  const known = definition.halving ? resumed : withoutRunning(resumed);
  const stages = await createStages(store, halving, { resumed: known, keys }, cut);
  const stored = resumed.ended.flatMap(({ trials }) => trials);
  return {
    configurations,
    specs,
    keys,
    halving,
    ended: stored.map(({ spec, result }) => withoutHistory(spec, result)),
    stages,
    jobs: (task) => stages.next().map((part) => jobOf(part, task, keys)),
  };
}

function jobOf(part: StagePart, task: string, keys: readonly string[]): SweepJob {
  const { population, until, losers } = part;
  const places = population.specs.map(({ place }) => place);
  const data: SweepJobData = {
    kind: 'sweep',
    task,
    trials: places,
    keys: sha256(places.map((place) => keys[place]).join('\n')),
    ...(until === undefined ? {} : { until }),
    ...(losers.length === 0 ? {} : { losers: losers.map((at) => ({ ...at, configurations: [...at.configurations] })) }),
  };
  const epochs = population.trials.reduce((sum, trial) => sum + epochsDone(trial), 0);
  return { id: jobId(data), data, part, epochs };
}

/** What one machine had begun is not one job: it begins anew. */
function withoutRunning(resumed: ResumeState): ResumeState {
  const begun = resumed.running.flatMap(({ specs }) => specs);
  return { ...resumed, running: [], remaining: [...resumed.remaining, ...begun] };
}

/** Of a trial, about: its parameters, those of its best epoch, an average of them, and two numbers of its optimizer for each. */
function savedBytes(trial: TrialSpec['trial'], data: DataSet): number {
  const { model } = resolveTrial(trial, data.preprocessing.task);
  return 5 * 4 * parameterCount(layersOf(model, data));
}

/** What progress is told by. */
export function withoutHistory(
  { configuration, seed, fold }: TrialSpec,
  result: Omit<TrialResult, 'cell' | 'settings' | 'seed' | 'fold'>,
): TrialResult {
  return { cell: configuration, settings: {}, seed, fold, ...result, history: [] };
}
