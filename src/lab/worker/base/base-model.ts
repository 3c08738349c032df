/**
 * A model that runs go on training, on the worker's side: it prepares their rows, and its parameters are what they begin with.
 * Loaded when one is first chosen.
 */
import type { DataSet } from '../../../data/prepare/dataset.ts';
import { numberFeatures } from '../../../data/prepare/features.ts';
import { prepareLike, settingsLike } from '../../../data/prepare/like.ts';
import type { Table } from '../../../data/table/table.ts';
import { loadModel } from '../../../model/file/load-model.ts';
import { type Model, saveModel } from '../../../model/model.ts';
import type { DataSettings, DataSettingsInput } from '../../../spec/data-settings.ts';
import type { TrialInput } from '../../../spec/settings.ts';
import { type RecordedBase, recordedBase } from '../../../train/base-model.ts';
import { fineTuning } from '../../../train/fine-tune.ts';
import { digest } from '../../../train/fingerprint.ts';
import type { BaseChoice } from '../../protocol/messages.ts';
import type { BaseModel } from '../../protocol/settings.ts';
import { newId } from '../storage/store.ts';

type Settings = Partial<DataSettingsInput>;

export class LoadedBase {
  readonly named: BaseModel;
  /** As it is kept with each run that begins with it. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** As the files of those runs' models name it. */
  readonly recorded: RecordedBase;
  readonly #model: Model;

  private constructor(named: BaseModel, bytes: Uint8Array<ArrayBuffer>, model: Model, recorded: RecordedBase) {
    this.named = named;
    this.bytes = bytes;
    this.recorded = recorded;
    this.#model = model;
  }

  /** @throws InputError where it is no single network of layers that settings make */
  static async of(name: string, model: Model): Promise<LoadedBase> {
    fineTuning(model);
    const bytes = saveModel(model);
    // Pages that are not secure contexts have no SHA-256: there the same model, chosen twice, counts as two.
    const key = globalThis.crypto?.subtle ? await digest(bytes) : newId();
    return new LoadedBase({ key, name, ...sizeOf(model) }, bytes, model, await recordedBase(name, model));
  }

  /** One that was kept. @throws InputError where it is damaged */
  static async kept(named: BaseModel, bytes: Uint8Array<ArrayBuffer>): Promise<LoadedBase> {
    const model = loadModel(bytes, named.name);
    return new LoadedBase(named, bytes, model, await recordedBase(named.name, model));
  }

  /** All settings of the data, of which these say what the model leaves open. @throws InputError */
  settings(table: Table, asked: Settings): DataSettings {
    return settingsLike(this.#model.preprocessing, table, leftOpen(asked));
  }

  /** @throws InputError about a column that is missing, a cell, or a class that the model does not know */
  prepare(table: Table, asked: Settings): DataSet {
    return prepareLike(this.#model, table, leftOpen(asked));
  }

  trial({ training }: TrialInput): TrialInput {
    const { loss: _, ...own } = training ?? {};
    return fineTuning(this.#model, own);
  }

  /** What the controls say once it is chosen. */
  choice(data: DataSettings): BaseChoice {
    const { model, training } = this.trial({});
    return { from: this.named, model, loss: training?.loss, data };
  }
}

function sizeOf({ members: [{ layers }], preprocessing }: Model) {
  const numbers = numberFeatures(preprocessing.features);
  return { inputs: layers[0].inputs, outputs: layers[layers.length - 1].outputs, numbers };
}

function leftOpen({ split, weights, class_weights }: Settings): Settings {
  return { split, weights, class_weights };
}
