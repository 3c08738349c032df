/**
 * What `train --out` keeps in the folder, so that it can be killed at any moment and go on with the same bits: its training, the
 * second training on all rows, and the choices of plan and kernels (`keepingChoices`). It goes when the results are there.
 */
import * as z from 'zod/mini';
import { type Notice, warning } from '../../data/table/notices.ts';
import { cli } from '../../messages/en/command-line/cli.ts';
import { engines } from '../../messages/en/engines/engines.ts';
import { readStored, unusableNotices } from '../../sweep/store/read-store.ts';
import { createAutosave, type SweepStore, storeVersion, type UnusableValue } from '../../sweep/store/store.ts';
import type { RunCheckpoint } from '../../train/checkpoint.ts';
import { checkpointSchema } from '../../train/checkpoint-schema.ts';
import { resumedRun } from '../../train/resume.ts';
import type { Run } from '../../train/trainer.ts';
import { saidBy } from '../../util/errors.ts';
import { message, type Said } from '../../util/message.ts';
import { awaitedLater } from '../../util/promises.ts';
import { refuseOther, type TrainIdentity, trainIdentitySchema } from './train-identity.ts';

export type TrainPart = 'train' | 'refit';

interface StoredPart {
  about: TrainIdentity;
  /** Null before the first save. */
  run: RunCheckpoint | null;
}

const partSchema = z.object({ about: trainIdentitySchema, run: z.nullable(checkpointSchema) });

/** How often it is asked whether a save is due. */
const lookMs = 500;

export class TrainCheckpoints {
  /** Epochs that had been trained before. */
  resumed = 0;
  readonly #store: SweepStore;
  readonly #about: TrainIdentity;
  readonly #notices: Notice[];
  readonly #stored = new Map<TrainPart, RunCheckpoint>();

  private constructor(store: SweepStore, about: TrainIdentity, notices: Notice[]) {
    this.#store = store;
    this.#about = about;
    this.#notices = notices;
  }

  /**
   * @param notices gets what could not be gone on from, or not be kept
   * @throws InputError where the folder holds a run with other settings or of another table
   */
  static async open(store: SweepStore, about: TrainIdentity, notices: Notice[]): Promise<TrainCheckpoints> {
    const checkpoints = new TrainCheckpoints(store, about, notices);
    await checkpoints.#read();
    return checkpoints;
  }

  async #read(): Promise<void> {
    const names = await this.#store.list();
    const unusable: UnusableValue[] = [];
    for (const part of ['train', 'refit'] as const) {
      if (!names.includes(part)) continue;
      const stored = await readStored<StoredPart>(this.#store, part, partSchema, unusable);
      if (stored) refuseOther(stored.about, this.#about);
      if (stored?.run) this.#stored.set(part, stored.run);
    }
    this.#notices.push(...unusableNotices(unusable));
    // From now on the folder says what is trained there.
    if (!this.#stored.has('train')) await this.#write('train', null);
  }

  #write(part: TrainPart, run: RunCheckpoint | null): Promise<void> {
    return this.#store.write(part, { version: storeVersion, about: this.#about, run });
  }

  /** The run as it was left, or from its beginning where nothing of use was kept. */
  async resume(part: TrainPart, fresh: Run): Promise<Run> {
    const checkpoint = this.#stored.get(part);
    this.#stored.delete(part);
    if (!checkpoint) return fresh;
    const resumed = await this.#taken(fresh, checkpoint);
    if ('refused' in resumed) {
      this.#notices.push(warning(message(cli, 'run_begins_anew', { why: resumed.refused })));
      return fresh;
    }
    this.resumed += resumed.run.epochsDone;
    return resumed.run;
  }

  async #taken(fresh: Run, checkpoint: RunCheckpoint): Promise<{ run: Run } | { refused: Said }> {
    const [{ refit_epochs }] = fresh.trials;
    if (checkpoint.trials[0].refit_epochs !== refit_epochs) return { refused: message(engines, 'checkpoint_other') };
    return resumedRun(fresh.engine, fresh.data, checkpoint);
  }

  /** Keeps the run while `train` trains it, and as it is when the signal ends it. */
  async keeping<Result>(part: TrainPart, run: Run, signal: AbortSignal, train: () => Promise<Result>): Promise<Result> {
    let saves = 0;
    const save = async () => {
      try {
        await this.#write(part, await run.checkpoint());
        saves += 1;
      } catch (error) {
        // What was trained is not lost for it; where the device is, the training says so itself.
        this.#sayUnkept(error);
      }
    };
    const autosave = createAutosave<{ run: Run }>(save);
    const kept = { run };
    let saving: Promise<void> | undefined;
    const timer = setInterval(() => {
      saving ??= autosave(kept).finally(() => {
        saving = undefined;
      });
    }, lookMs);
    let ending: Promise<void> | undefined;
    // Asked for before the run is stopped, so taken before it.
    const end = () => {
      if (run.stepsDone > 0) ending = awaitedLater(save());
    };
    signal.addEventListener('abort', end);
    try {
      const result = await train();
      clearInterval(timer);
      await saving;
      await (ending ?? (saves > 0 ? save() : undefined));
      return result;
    } finally {
      clearInterval(timer);
      signal.removeEventListener('abort', end);
    }
  }

  #sayUnkept(error: unknown): void {
    const said = message(cli, 'run_not_kept', { why: saidBy(error) });
    if (!this.#notices.some(({ code }) => code === said.code)) this.#notices.push(warning(said));
  }
}
