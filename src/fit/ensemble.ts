/** The ensemble that candidates make: chosen by their answers for held-out rows, and scored on rows that had no say in it. */
import type { DataSet } from '../data/prepare/dataset.ts';
import { clipOutputs } from '../data/prepare/preprocessing.ts';
import { gatherRows } from '../engine/reference/evaluation.ts';
import { averageOutputs } from '../model/ensemble.ts';
import type { Member } from '../model/model-data.ts';
import { givenClass, probabilitiesOf } from '../spec/answers.ts';
import type { LossName } from '../spec/settings.ts';
import { subsample } from '../util/arrays.ts';
import type { Folds } from './held-out.ts';
import { inputsOf } from './inputs.ts';
import type { Candidate } from './pack.ts';
import { lossOf, type Selection, type SelectionTask, selectGreedily } from './selection.ts';

/** Networks of an ensemble. */
const mostMembers = 32;
/** Additions of the greedy selection. */
const picks = 24;
/** Candidates that are kept, the best by themselves. */
const mostCandidates = 64;
/** Held-out rows that a selection looks at. */
const mostRows = 20_000;

/** Numbers cut into pieces between quantiles, or as one value each. */
export type MemberInputs = 'pieces' | 'values';

/** A candidate with its answers in the form that selection needs. */
interface Entry extends Candidate {
  answers: Float32Array;
  loss: number;
}

export class EnsembleSearch {
  readonly #data: DataSet;
  readonly #folds: Folds;
  readonly #loss: LossName;
  readonly #error: SelectionTask['error'];
  readonly #targets: Float32Array | undefined;
  readonly #rows: Uint32Array;
  #entries: Entry[] = [];
  selection: Selection = { picks: [], loss: Number.POSITIVE_INFINITY };

  /** @param error of a number; its square unless given */
  constructor(data: DataSet, folds: Folds, loss: LossName, error?: SelectionTask['error']) {
    this.#error = error;
    this.#data = data;
    this.#folds = folds;
    this.#loss = loss;
    const { heldOut } = folds;
    this.#targets = data.preprocessing.task === 'regression' ? gatherRows(data.targets, 1, heldOut) : undefined;
    this.#rows = subsample(
      Uint32Array.from(heldOut, (_, place) => place),
      mostRows,
    );
  }

  /** Takes candidates in, and chooses again. */
  add(candidates: readonly Candidate[]): void {
    for (const candidate of candidates) {
      this.#entries.push({ ...candidate, answers: this.#answersOf(candidate.outputs), loss: this.lossOf(candidate) });
    }
    const chosen = new Set(this.selection.picks.map(([entry]) => this.#entries[entry]));
    const ranked = this.#entries.toSorted((a, b) => a.loss - b.loss);
    const kept = new Set([...ranked.slice(0, mostCandidates), ...chosen]);
    this.#entries = this.#entries.filter((entry) => kept.has(entry));
    if (this.#entries.length > 0) this.selection = this.#select(this.#rows);
  }

  /** Those of them that may still be chosen. */
  among(candidates: readonly Candidate[]): Candidate[] {
    const kept = new Set(this.#entries.map(({ networks }) => networks));
    return candidates.filter(({ networks }) => kept.has(networks));
  }

  /** Whether losses are means of squares. */
  get ofSquares(): boolean {
    return this.#targets !== undefined && !this.#error;
  }

  get empty(): boolean {
    return this.#entries.length === 0;
  }

  /** The best candidate by itself, with its loss: log loss of classes, mean squared error of numbers. */
  best(): (Candidate & { loss: number }) | undefined {
    return this.#entries.toSorted((a, b) => a.loss - b.loss)[0];
  }

  /** The loss of one that is not taken in. */
  lossOf({ outputs }: Candidate): number {
    return lossOf({ ...this.#task([], this.#rows), answers: [this.#answersOf(outputs)] }, 0);
  }

  /** Outputs for the held-out rows: [row, output], by networks that were not trained on them. */
  outputs(selection = this.selection): Float32Array {
    const weights = weightsOf(selection);
    const outputs = selection.picks.map(([entry]) => this.#entries[entry].outputs);
    const average = averageOutputs(outputs, weights, this.#data.outputs, this.#loss);
    return clipOutputs(this.#data.preprocessing, average);
  }

  /** The same by ensembles that each part of the rows had no say in: for scores, temperature and intervals. */
  crossFitted(): Float32Array {
    const { heldOut, parts } = this.#folds;
    const width = this.#data.outputs;
    const all = new Float32Array(heldOut.length * width);
    for (const own of parts) {
      const others = parts.filter((part) => part !== own);
      const rows = subsample(Uint32Array.from(others.flatMap((part) => Array.from(part))), mostRows);
      const outputs = this.outputs(rows.length > 0 ? this.#select(rows) : this.selection);
      for (const place of own) all.set(outputs.subarray(place * width, (place + 1) * width), place * width);
    }
    return all;
  }

  members(): Member[] {
    const weights = weightsOf(this.selection);
    return this.selection.picks.flatMap(([entry], at) => {
      const { networks } = this.#entries[entry];
      return networks.map((network) => ({ ...network, weight: weights[at] / networks.length }));
    });
  }

  /** How each of the members sees numbers. */
  inputs(): MemberInputs[] {
    const pieces = inputsOf(this.#data, 'values') !== undefined;
    return this.selection.picks.flatMap(([entry]) => {
      const { networks, inputs } = this.#entries[entry];
      return networks.map(() => (pieces && inputs === 'all' ? 'pieces' : 'values'));
    });
  }

  #select(rows: Uint32Array): Selection {
    const perCandidate = this.#folds.sets.length;
    const candidates = Math.max(1, Math.floor(mostMembers / perCandidate));
    return selectGreedily(this.#task(this.#entries, rows), { picks, candidates });
  }

  #task(entries: readonly Entry[], rows: Uint32Array): SelectionTask {
    return { answers: entries.map(({ answers }) => answers), targets: this.#targets, error: this.#error, rows };
  }

  #answersOf(outputs: Float32Array): Float32Array {
    if (this.#targets) return clipOutputs(this.#data.preprocessing, outputs);
    const { targets, outputs: width } = this.#data;
    const { heldOut } = this.#folds;
    const shares = probabilitiesOf(outputs, heldOut.length, width, this.#loss);
    const classes = Math.max(2, width);
    return Float32Array.from(
      heldOut,
      (row, place) => shares[place * classes + givenClass(targets, row * width, width)],
    );
  }
}

function weightsOf({ picks }: Selection): number[] {
  const total = picks.reduce((sum, [, times]) => sum + times, 0);
  return picks.map(([, times]) => times / total);
}
