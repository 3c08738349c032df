import fc from 'fast-check';
import { expect, test } from 'vitest';
import { computed, effect, observed, Reader, unfollowed } from '../../../../src/lab/ui/observed.ts';

class Counter {
  @observed() count = 0;
  @observed() name: string | undefined;
  get twice(): number {
    return 2 * this.count;
  }
}

/** Counts how often it is told, as an element that is drawn once for several changes. */
function follower<Value>(read: () => Value) {
  const seen = { told: 0, value: undefined as Value | undefined };
  const reader = new Reader(() => {
    seen.told += 1;
  });
  const look = () => {
    seen.value = reader.follow(read);
  };
  look();
  return { seen, look, reader };
}

test('a field has its own value in every object', () => {
  const [one, other] = [new Counter(), new Counter()];
  one.count = 3;
  expect([one.count, other.count, one.name]).toEqual([3, 0, undefined]);
});

test('who has read a field is told once, until it has read again', () => {
  const counter = new Counter();
  const { seen, look } = follower(() => counter.twice);
  counter.count = 1;
  counter.count = 2;
  expect(seen.told).toBe(1);
  look();
  expect(seen.value).toBe(4);
  counter.count = 3;
  expect(seen.told).toBe(2);
});

test('a field that is set to what it has tells nobody, NaN included', () => {
  const counter = new Counter();
  counter.count = Number.NaN;
  const { seen } = follower(() => counter.count);
  counter.count = Number.NaN;
  expect(seen.told).toBe(0);
});

test('only what was read the last time counts', () => {
  const counter = new Counter();
  counter.name = 'a';
  const { seen, look } = follower(() => (counter.count > 0 ? counter.count : counter.name));
  counter.count = 1;
  look();
  counter.name = 'b';
  expect(seen.told).toBe(1);
});

test('who forgets is told of nothing', () => {
  const counter = new Counter();
  const { seen, reader } = follower(() => counter.count);
  reader.forget();
  counter.count = 1;
  expect(seen.told).toBe(0);
});

test('who sets what it has read is told when its work is done', () => {
  const counter = new Counter();
  const order: string[] = [];
  const reader = new Reader(() => order.push('told'));
  reader.follow(() => {
    if (counter.count === 0) counter.count = 1;
    order.push('done');
  });
  expect(order).toEqual(['done', 'told']);
});

test('so is who sets it unfollowed, or while a computed value is worked out', () => {
  for (const set of [unfollowed, (work: () => void) => computed(work)()]) {
    const counter = new Counter();
    const order: string[] = [];
    const reader = new Reader(() => order.push('told'));
    reader.follow(() => {
      const { count } = counter;
      set(() => {
        counter.count = count + 1;
      });
      order.push('done');
    });
    expect(order).toEqual(['done', 'told']);
  }
});

test('work that fails is followed as far as it came, and leaves nothing behind', () => {
  const counter = new Counter();
  let told = 0;
  const reader = new Reader(() => {
    told += 1;
  });
  expect(() =>
    reader.follow(() => {
      throw new Error(`at ${counter.count}`);
    }),
  ).toThrow('at 0');
  counter.name = 'read by nobody';
  expect(told).toBe(0);
  counter.count = 1;
  expect(told).toBe(1);
});

test('what is read unfollowed does not count', () => {
  const counter = new Counter();
  const { seen } = follower(() => unfollowed(() => counter.count));
  counter.count = 1;
  expect(seen.told).toBe(0);
});

test('a computed value is worked out when it is read, and once', () => {
  const counter = new Counter();
  let times = 0;
  const square = computed(() => {
    times += 1;
    return counter.count ** 2;
  });
  expect(times).toBe(0);
  counter.count = 3;
  expect([square(), square(), times]).toEqual([9, 9, 1]);
  counter.count = 4;
  counter.count = 5;
  expect(times).toBe(1);
  expect([square(), times]).toEqual([25, 2]);
});

test('a computed value stays the same object while it is the same', () => {
  const counter = new Counter();
  const parity = computed(
    () => ({ odd: counter.count % 2 === 1 }),
    (a, b) => a.odd === b.odd,
  );
  const before = parity();
  counter.count = 2;
  expect(parity()).toBe(before);
  counter.count = 3;
  expect(parity()).toEqual({ odd: true });
});

test('a computed value that cannot be worked out is tried again', () => {
  const counter = new Counter();
  const inverse = computed(() => {
    if (counter.count === 0) throw new Error('divided by 0');
    return 1 / counter.count;
  });
  expect(inverse).toThrow('divided by 0');
  expect(inverse).toThrow('divided by 0');
  counter.count = 4;
  expect(inverse()).toBe(0.25);
});

test('values that meet again are told of once, and read as they belong together', () => {
  const counter = new Counter();
  const [less, more] = [computed(() => counter.count - 1), computed(() => counter.count + 1)];
  const { seen, look } = follower(() => [less(), more()]);
  counter.count = 10;
  expect(seen.told).toBe(1);
  look();
  expect(seen.value).toEqual([9, 11]);
});

test('an effect happens at once, and once for changes that come together', async () => {
  const counter = new Counter();
  const seen: number[] = [];
  const end = effect(() => seen.push(counter.count));
  counter.count = 1;
  counter.count = 2;
  expect(seen).toEqual([0]);
  await Promise.resolve();
  expect(seen).toEqual([0, 2]);
  counter.count = 3;
  end();
  await Promise.resolve();
  counter.count = 4;
  await Promise.resolve();
  expect(seen).toEqual([0, 2]);
});

test('computed values agree with what they are made of, whatever is set and read', () => {
  const steps = fc.array(fc.record({ at: fc.nat(4), value: fc.integer({ min: -3, max: 3 }), read: fc.boolean() }));
  fc.assert(
    fc.property(steps, (actions) => {
      const counters = Array.from({ length: 5 }, () => new Counter());
      const pairs = counters
        .slice(1)
        .map((_, index) => computed(() => counters[index].count + counters[index + 1].count));
      const all = computed(() => pairs.reduce((sum, pair) => sum + pair(), 0));
      for (const { at, value, read } of actions) {
        counters[at].count = value;
        if (read) pairs[at % pairs.length]();
        const counts = counters.map(({ count }) => count);
        const expected = counts.slice(1).reduce((sum, count, index) => sum + count + counts[index], 0);
        if (read) expect(all()).toBe(expected);
      }
    }),
  );
});
