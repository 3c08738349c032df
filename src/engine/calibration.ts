/**
 * Choices that only the machine itself can make (which plan, which kernel, GPU or CPU) are measured, and a measurement is
 * noise as much as it is speed. So each is made once and remembered: within an engine, and in a store that outlives it,
 * so that a second run on the same machine takes the same way, gives the same bits, and starts at once.
 *
 * Where a store is kept, a file or a browser's database, is not for the engine to know: whoever asks for an engine passes
 * one in, or none. What a store holds is never trusted: an entry that does not read as a choice is measured anew.
 */
import type * as z from 'zod/mini';

/** A store of choices. Keys and values are plain text, and mean something to the engine alone. */
export interface Calibration {
  /**
   * The choice that was kept under this key; undefined where there is none.
   * @param key a plain text
   */
  get(key: string): Promise<string | undefined>;
  /**
   * Keeps a choice.
   * @param key a plain text
   * @param value a plain text
   */
  set(key: string, value: string): Promise<void>;
  /**
   * Told when `get` or `set` failed. The run goes on without the store, so nobody else hears of it.
   * @param error what was thrown
   */
  failed?(error: unknown): void;
}

/** To be raised when kernels, or ways to measure them, change so much that what was chosen before may be wrong now. */
const version = 3;

/** What an engine asks for its choices. */
export interface Choices {
  /** The choice made before under this name if it fits the schema, else the one that is measured now. */
  make<Choice>(name: string, schema: z.ZodMiniType<Choice>, measure: () => Promise<Choice>): Promise<Choice>;
}

/** @param identity what the choices depend on beside their names: the adapter, its driver, the browser */
export function createChoices(identity: readonly string[], store?: Calibration): Choices {
  const made = new Map<string, Promise<unknown>>();
  const orFailed = <Result>(work: () => Promise<Result> | undefined) =>
    Promise.resolve()
      .then(work)
      .catch((error: unknown) => {
        store?.failed?.(error);
        return undefined;
      });

  async function find<Choice>(
    name: string,
    schema: z.ZodMiniType<Choice>,
    measure: () => Promise<Choice>,
  ): Promise<Choice> {
    const key = JSON.stringify([version, ...identity, name]);
    const known = schema.safeParse(parsed(await orFailed(() => store?.get(key))));
    if (known.success) return known.data;
    const choice = await measure();
    // Not waited for: a store that hangs must not hold up the run.
    void orFailed(() => store?.set(key, JSON.stringify(choice)));
    return choice;
  }

  return {
    make<Choice>(name: string, schema: z.ZodMiniType<Choice>, measure: () => Promise<Choice>): Promise<Choice> {
      const before = made.get(name) as Promise<Choice> | undefined;
      if (before) return before;
      const now = find(name, schema, measure);
      made.set(name, now);
      // A measurement that failed is made again.
      now.catch(() => made.delete(name));
      return now;
    },
  };
}

/** The value of some JSON; undefined where it is none, which no choice is. */
function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
