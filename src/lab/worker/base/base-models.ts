/** The models that runs go on from, as the worker knows them: the one that was chosen last, and those that are kept with runs. Loaded with the first. */
import { baseModel } from '../../../messages/en/models/base-model.ts';
import type { Model } from '../../../model/model.ts';
import { InputError } from '../../../util/errors.ts';
import { message } from '../../../util/message.ts';
import type { BaseModel } from '../../protocol/settings.ts';
import { readAll } from '../storage/readable.ts';
import type { Store } from '../storage/store.ts';
import { LoadedBase } from './base-model.ts';

export class BaseModels {
  #held: LoadedBase | undefined;

  /** @throws InputError where no run can go on from it */
  async choose(name: string, model: Model): Promise<LoadedBase> {
    this.#held = await LoadedBase.of(name, model);
    return this.#held;
  }

  /** @param store where it is looked for unless it was chosen last @throws InputError where it is there no more */
  async find(named: BaseModel, store: Store): Promise<LoadedBase> {
    if (this.#held?.named.key !== named.key) this.#held = await LoadedBase.kept(named, await bytesOf(named, store));
    return this.#held;
  }
}

async function bytesOf({ key, name }: BaseModel, store: Store): Promise<Uint8Array<ArrayBuffer>> {
  for (const [id, { settings }] of (await readAll(store, 'entries')).sound) {
    const bytes = settings.from?.key === key ? await store.get('bases', id) : undefined;
    if (bytes instanceof Uint8Array) return bytes as Uint8Array<ArrayBuffer>;
  }
  throw new InputError(message(baseModel, 'base_missing', { name }), 'from');
}
