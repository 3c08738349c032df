/** The models that runs go on from: what knows them is loaded once one is asked for. */
import type { Model } from '../../../model/model.ts';
import type { BaseModel } from '../../protocol/settings.ts';
import type { Store } from '../storage/store.ts';
import type { LoadedBase } from './base-model.ts';
import type { BaseModels } from './base-models.ts';

export interface BasesHost {
  /** Where they are kept with their runs. */
  store(): Promise<Store>;
  /** The one that the open run goes on from. */
  open(): LoadedBase | undefined;
  /** What answers predictions. */
  model(): Promise<Model>;
}

export class Bases {
  readonly #host: BasesHost;
  #models: Promise<BaseModels> | undefined;

  constructor(host: BasesHost) {
    this.#host = host;
  }

  /** @throws InputError where it is not to be had any more */
  async of(from: BaseModel | undefined): Promise<LoadedBase | undefined> {
    const open = this.#host.open();
    if (!from || open?.named.key === from.key) return from && open;
    return this.#find(from);
  }

  /** One that was chosen before; by its name alone, the model that answers predictions. @throws InputError where no run can go on from it */
  async choose(asked: BaseModel | { name: string }): Promise<LoadedBase> {
    if ('key' in asked) return this.#find(asked);
    const models = await this.#loaded();
    return models.choose(asked.name, await this.#host.model());
  }

  async #find(named: BaseModel): Promise<LoadedBase> {
    const models = await this.#loaded();
    return models.find(named, await this.#host.store());
  }

  #loaded(): Promise<BaseModels> {
    this.#models ??= import('./base-models.ts').then(({ BaseModels }) => new BaseModels());
    return this.#models;
  }
}
