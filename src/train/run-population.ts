/** The population of a run: created on first use, and used by one task at a time. */
import type { Population } from '../engine/engine.ts';

export class RunPopulation {
  /** The population once it is there. */
  created: Population | undefined;
  #create: (() => Promise<Population>) | undefined;
  #creating: Promise<Population> | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  /** @param create called once, and let go of with all that it holds */
  constructor(create: () => Promise<Population>) {
    this.#create = create;
  }

  ready(): Promise<Population> {
    this.#creating ??= this.#create?.().then((population) => {
      this.created = population;
      return population;
    });
    this.#create = undefined;
    return this.#creating as Promise<Population>;
  }

  /** Runs one task at a time, in call order. */
  serially<Result>(work: (population: Population) => Result | Promise<Result>): Promise<Result> {
    const result = this.#queue.then(async () => work(await this.ready()));
    this.#queue = result.catch(() => {});
    return result;
  }

  /** Destroys it once its tasks are done. */
  async destroy(): Promise<void> {
    await this.#queue;
    await this.#creating?.then(
      (population) => population.destroy(),
      () => {}, // it was not made, and whoever asked for it was told
    );
  }
}
