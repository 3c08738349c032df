/**
 * What the open views are told, on the worker's side: each is worked out on the run's engine only while somebody looks at
 * it, and at a pace that leaves nearly all of the time to training.
 */

import { gatherRows } from '../../../engine/reference/evaluation.ts';
import { smoothTargets } from '../../../engine/reference/losses.ts';
import type { Question } from '../../../train/explain/question.ts';
import { diagnose, diagnosedRows, findings } from '../../../train/results/diagnostics.ts';
import { subsample } from '../../../util/arrays.ts';
import { nextTask } from '../../../util/yielding.ts';
import type { Answer, QueryRequest, ViewName, ViewsUpdate } from '../../protocol/views.ts';
import { Pace } from './pace.ts';
import type { ViewedRun } from './picture-source.ts';
import {
  featuresOf,
  judgedRows,
  residualsOf,
  rocOf,
  surfaceFeatures,
  surfacePicture,
  surfaceValues,
} from './view-data.ts';
import { noViews } from './views-update.ts';

/**
 * Of the surface: its share of the time while a run trains, milliseconds that one may take, which decide how fine its grid
 * is, and its side to begin with. What a GPU takes is mostly waiting for the slice in progress, and no loss for training.
 */
const onCpu = { share: 0.06, milliseconds: 16, side: 32 };
const onGpu = { share: 0.5, milliseconds: 48, side: 96 };
const othersShare = 0.04;
/** Inside the network at most 4 times a second, like the others that read numbers rather than watch a picture move. */
const quarter = 250;
const coarsest = 32;
const finest = 96;
/** Nothing trains that would have to wait. */
const finestAtRest = 128;
const mostRows = 3000;

export class ViewSource {
  readonly #run: ViewedRun;
  /** Undefined before the page has said what it shows; then the table's picture is. */
  #open: ReadonlySet<ViewName> | undefined;
  #picture: ReturnType<typeof surfacePicture> | undefined;
  #grid: { side: number; features: Float32Array } | undefined;
  readonly #cost: typeof onCpu;
  readonly #paces: Record<keyof ViewsUpdate, Pace>;
  #asked = new AbortController();

  constructor(run: ViewedRun, open: readonly ViewName[] | undefined, gpu: boolean) {
    this.#run = run;
    this.#cost = gpu ? onGpu : onCpu;
    this.#paces = {
      surface: new Pace(this.#cost.share, 0),
      residuals: new Pace(othersShare, quarter),
      roc: new Pace(othersShare, quarter),
      inside: new Pace(othersShare, quarter),
    };
    if (open) this.look(open);
  }

  look(views: readonly ViewName[]): void {
    this.#open = new Set(views);
    for (const pace of Object.values(this.#paces)) pace.reset();
  }

  get open(): readonly ViewName[] {
    return this.#open ? [...this.#open] : ['fit'];
  }

  wants(view: ViewName): boolean {
    return this.open.includes(view);
  }

  /** @param running whether training goes on meanwhile; otherwise everything that is open is worked out, and finely */
  async gather(running: boolean): Promise<ViewsUpdate> {
    const { task } = this.#run.data.preprocessing;
    return {
      ...noViews,
      ...(this.#due('surface', running) && { surface: await this.#surface(running) }),
      ...(task === 'regression' && this.#due('residuals', running) && { residuals: await this.#residuals() }),
      ...(task === 'binary' && this.#due('roc', running) && { roc: await this.#roc() }),
      ...(this.#due('inside', running) && { inside: await this.#inside() }),
    };
  }

  /** One question at a time: a new one, or `cancel`, ends the one before, whose answer then is undefined. */
  async ask(
    asked: Exclude<QueryRequest, { kind: 'rows' }>,
    progress: (share: number) => void,
  ): Promise<Answer | undefined> {
    this.cancel();
    this.#asked = new AbortController();
    const { signal } = this.#asked;
    const question: Question = {
      data: this.#run.data,
      loss: this.#loss,
      predict: async (features, rows) => {
        // Training, and a cancel, get their turn in between.
        await nextTask();
        return this.#run.predict(features, rows);
      },
      progress,
      signal,
    };
    const from = this.#run.weightsEpoch;
    try {
      if (asked.kind === 'importance') {
        const { permutationImportance } = await import('../../../train/explain/importance.ts');
        const importance = await permutationImportance(question);
        return { kind: asked.kind, epochs: [from, this.#run.weightsEpoch], importance };
      }
      const { partialDependence } = await import('../../../train/explain/dependence.ts');
      const dependence = await partialDependence(question, asked.column);
      return { kind: asked.kind, epochs: [from, this.#run.weightsEpoch], dependence };
    } catch (error) {
      // Cancelled, or the run was let go while it was asked.
      if (signal.aborted) return undefined;
      throw error;
    }
  }

  cancel(): void {
    this.#asked.abort();
  }

  get #loss() {
    return this.#run.trials[0].trial.training.loss;
  }

  #due(view: keyof ViewsUpdate, running: boolean): boolean {
    return this.wants(view) && (!running || this.#paces[view].due(performance.now()));
  }

  async #timed<Result>(view: keyof ViewsUpdate, units: number, work: () => Promise<Result>): Promise<Result> {
    const begun = performance.now();
    const result = await work();
    this.#paces[view].took(begun, performance.now(), units);
    return result;
  }

  async #surface(running: boolean) {
    const { data } = this.#run;
    this.#picture ??= surfacePicture(data);
    const picture = this.#picture;
    if (!picture) return null;
    const side = running ? this.#side() : finestAtRest;
    if (this.#grid?.side !== side) this.#grid = { side, features: surfaceFeatures(data, picture, side) };
    const { features } = this.#grid;
    return this.#timed('surface', side * side, async () =>
      surfaceValues(data, this.#loss, await this.#run.predict(features, side * side), side),
    );
  }

  /** In steps of 8, so that it is the same most of the time. */
  #side(): number {
    const affordable = Math.sqrt(this.#paces.surface.unitsIn(this.#cost.milliseconds, this.#cost.side ** 2));
    return Math.max(coarsest, Math.min(finest, 8 * Math.floor(affordable / 8)));
  }

  #residuals() {
    return this.#timed('residuals', 1, async () => {
      const { data } = this.#run;
      const judged = judgedRows(data, mostRows);
      return residualsOf(data, judged, await this.#predict(judged.rows));
    });
  }

  #roc() {
    return this.#timed('roc', 1, async () => {
      const { data } = this.#run;
      const judged = judgedRows(data, mostRows);
      return rocOf(data, this.#loss, judged, await this.#predict(judged.rows));
    });
  }

  #predict(rows: Uint32Array): Promise<Float32Array> {
    return this.#run.predict(featuresOf(this.#run.data, rows), rows.length);
  }

  #inside() {
    return this.#timed('inside', 1, async () => {
      const { data, layers, parameterCount, trials, stepsDone, outcome } = this.#run;
      const train = data.sets.train;
      const rows = subsample(train, diagnosedRows(parameterCount, train.length));
      const targets = gatherRows(data.targets, data.outputs, rows);
      smoothTargets(targets, this.#loss, data.outputs, trials[0].trial.training.label_smoothing);
      const weights = data.weights && Float32Array.from(rows, (row) => data.weights?.[row] ?? 1);
      const parameters = await this.#run.parameters();
      const goal = { loss: this.#loss, targets, weights };
      const diagnosis = diagnose(layers, parameters, featuresOf(data, rows), goal, rows.length);
      const batch = Math.min(trials[0].trial.training.batch_size, train.length);
      const epoch = outcome?.kept_epoch ?? stepsDone / Math.ceil(train.length / batch);
      return { epoch, diagnosis, findings: findings(diagnosis) };
    });
  }
}
