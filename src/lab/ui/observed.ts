/**
 * State of the page, and who follows it. Fields marked with `@observed()` are read and set like any other; what reads one
 * while it is followed is told once when it is set to another value, and reads anew. Objects and lists are replaced,
 * not changed, so that their field is set.
 */

/** Somebody who reads: told once of a change, and then not until it has read again. */
export class Reader {
  readonly #told: () => void;
  readonly #read = new Set<Field>();
  #following = false;
  #stale = false;

  constructor(told: () => void) {
    this.#told = told;
  }

  /** Does the work, and follows what it reads. What it sets itself is told when it is done. */
  follow<Result>(work: () => Result): Result {
    this.forget();
    const outer = reading;
    reading = this;
    this.#following = true;
    try {
      return work();
    } finally {
      reading = outer;
      this.#following = false;
      if (this.#stale) this.#told();
    }
  }

  /** Is told of nothing until it has read again. */
  forget(): void {
    for (const field of this.#read) field.readers.delete(this);
    this.#read.clear();
    this.#stale = false;
  }

  reads(field: Field): void {
    this.#read.add(field);
    field.readers.add(this);
  }

  changed(): void {
    this.forget();
    // Also where what is at work has stopped following for a moment, or follows for somebody else.
    if (this.#following) this.#stale = true;
    else this.#told();
  }
}

let reading: Reader | undefined;

class Field {
  readonly readers = new Set<Reader>();

  read(): void {
    reading?.reads(this);
  }

  changed(): void {
    for (const reader of [...this.readers]) reader.changed();
  }
}

/** Marks a field of a class as followed; also one that begins with a value. */
export function observed() {
  return (prototype: object, name: string): void => {
    const values = new WeakMap<object, { value: unknown; field: Field }>();
    const of = (owner: object) => {
      const known = values.get(owner);
      if (known) return known;
      const state = { value: undefined as unknown, field: new Field() };
      values.set(owner, state);
      return state;
    };
    Object.defineProperty(prototype, name, {
      get(this: object) {
        const state = of(this);
        state.field.read();
        return state.value;
      },
      set(this: object, value: unknown) {
        const state = of(this);
        if (Object.is(state.value, value)) return;
        state.value = value;
        state.field.changed();
      },
    });
  };
}

/**
 * A value made of others, kept until one of them changes.
 * @param same whether it is told of as unchanged: then the value before stays
 */
export function computed<Value>(
  calculate: () => Value,
  same: (a: Value, b: Value) => boolean = Object.is,
): () => Value {
  const field = new Field();
  let known: { value: Value } | undefined;
  let stale = true;
  const reader = new Reader(() => {
    stale = true;
    field.changed();
  });
  return () => {
    field.read();
    if (!known || stale) {
      const value = reader.follow(calculate);
      stale = false;
      if (!known || !same(known.value, value)) known = { value };
    }
    return known.value;
  };
}

/** Does the work now, and again after what it has read has changed. @returns ends that */
export function effect(work: () => void): () => void {
  let ended = false;
  const run = () => {
    if (!ended) reader.follow(work);
  };
  const reader = new Reader(() => queueMicrotask(run));
  run();
  return () => {
    ended = true;
    reader.forget();
  };
}

/** Reads without following. */
export function unfollowed<Value>(read: () => Value): Value {
  const outer = reading;
  reading = undefined;
  try {
    return read();
  } finally {
    reading = outer;
  }
}
