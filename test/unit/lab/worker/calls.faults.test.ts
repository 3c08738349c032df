/** Messages that no page sends, to the worker by the way that a page's come: whoever asked hears of it, and the worker goes on as it was. */
import { type Endpoint, expose } from 'comlink';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Update } from '../../../../src/lab/protocol/messages.ts';
import { carryErrors } from '../../../../src/lab/shared/thrown.ts';
import { onlyCalls } from '../../../../src/lab/worker/calls.ts';
import { Lab } from '../../../../src/lab/worker/lab.ts';
import { withFirstDefaults } from '../../../../src/spec/first-defaults.ts';
import { hostileValue, mutated, mutations } from '../../../support/data/hostile.ts';
import { faultSeed, times } from '../../../support/faults.ts';
import { updatesOf } from '../../../support/lab/updates.ts';
import { unhandledDuring } from '../../../support/unhandled.ts';

// Node 20 has none.
vi.stubGlobal('navigator', { userAgent: 'Chrome/1.0' });
vi.spyOn(console, 'info').mockImplementation(() => {});
vi.spyOn(console, 'warn').mockImplementation(() => {});
carryErrors();

const trial = withFirstDefaults({ model: { hidden: [3] }, training: { epochs: 8, optimizer: { kind: 'adam' } } });
const data = { target: 'y' };
const source = {
  name: 'one.csv',
  text: `x,y\n${Array.from({ length: 40 }, (_, row) => `${row},${(row * 7) % 11}`).join('\n')}`,
};
const start = { trial, data, engine: 'cpu' as const };
const repeats = { ...start, changes: [{ step: 3, learning_rate: 0.1 }], plan_code: 'cpu:simd', most_bytes: 1e9 };
const base = { key: 'a', name: 'base', inputs: 1, outputs: 1, numbers: [0] };
const sweep = { sweep: { base: trial, grid: { 'training.batch_size': [4, 8] } }, data, engine: 'cpu' };
const fit = { data, engine: 'cpu', minutes: 0.002 };

/** In the place of what cannot be copied. */
const listener = 'a listener';
const file = 'a file';

const calls: [string, ...unknown[]][] = [
  ['look', ['fit', 'surface', 'residuals', 'roc', 'inside']],
  ['pace', 20],
  ['pace', null],
  ['report'],
  ['step'],
  ['pause'],
  ['play'],
  ['frame', 1],
  ['ask', { kind: 'rows', places: [0, 1] }, listener],
  ['ask', { kind: 'importance' }, listener],
  ['ask', { kind: 'dependence', column: 'x' }, listener],
  ['cancelAsked'],
  ['model'],
  ['network'],
  ['change', { learning_rate: 0.01 }],
  ['tryOut', { trial, data }],
  ['preview', data],
  ['open', source, data, listener],
  ['cancelOpen'],
  ['start', start],
  ['start', repeats],
  ['trainFrom', { name: 'base' }, data],
  ['trainFrom', base, data],
  ['start', { ...start, from: base }],
  ['recall', 'tab'],
  ['openRun', 'id'],
  ['storedViews', 'id'],
  ['goOn', true],
  ['reportPage', 'http://localhost/'],
  ['watch', listener],
  ['hold', 'lock'],
  ['presence'],
  ['keeping.claim', 'tab'],
  ['keeping.tabs'],
  ['keeping.list'],
  ['keeping.removeUnread'],
  ['keeping.mark', 'id', { name: 'a', pinned: true, deleted: 1 }],
  ['keeping.pictures', ['id']],
  ['keeping.files', 'id'],
  ['keeping.state'],
  ['keeping.sourceNamed', 'one.csv'],
  ['keeping.now'],
  ['predictions.form'],
  ['predictions.ask', { x: '1' }],
  ['predictions.explain', { x: '1' }, listener],
  ['predictions.cancelExplaining'],
  ['predictions.load', file],
  ['predictions.open', 0, 'name'],
  ['predictions.openBest', 'name'],
  ['predictions.forget'],
  ['predictions.batch', file, listener],
  ['predictions.cancel'],
  ['sweeps.plan', sweep],
  ['sweeps.estimate', sweep],
  ['sweeps.endEstimate'],
  ['sweeps.start', sweep, 'sweep one.csv', listener],
  ['sweeps.stop'],
  ['sweeps.kept'],
  ['sweeps.open', 'id'],
  ['sweeps.trials'],
  ['sweeps.pictures', ['id/0']],
  ['sweeps.resume', 'id', listener],
  ['sweeps.file', 'trials.csv'],
  ['sweeps.model', 0],
  ['fits.start', fit, listener],
  ['fits.stop'],
  ['fits.open', 'id'],
  ['fits.ask', { kind: 'importance' }, listener],
  ['fits.cancelAsked'],
  ['fits.file', 'fit.json'],
];

interface Wire {
  id?: unknown;
  type?: unknown;
  path?: unknown;
  argumentList?: unknown;
}

const ports: MessagePort[] = [];

/** The worker's end of its port, and who waits at the page's. */
class Port {
  readonly #listeners: ((event: MessageEvent) => void)[] = [];
  readonly #waiting = new Map<unknown, (answer: unknown) => void>();

  readonly endpoint = {
    addEventListener: (_: string, told: (event: MessageEvent) => void) => void this.#listeners.push(told),
    removeEventListener: () => this.#listeners.pop(),
    postMessage: ({ id, ...answer }: Wire) => this.#waiting.get(id)?.(answer),
  } as unknown as Endpoint;

  /** What a worker would report as its error is thrown. */
  send(message: unknown): void {
    for (const told of [...this.#listeners]) told({ data: message } as MessageEvent);
  }

  async answer(message: Wire): Promise<void> {
    const answered = new Promise((resolve) => this.#waiting.set(message.id, resolve));
    this.send(message);
    await vi.waitFor(() => answered, { timeout: 20_000 });
    this.#waiting.delete(message.id);
  }
}

function argument(value: unknown, legal: unknown): unknown {
  if (value === listener && value === legal) {
    const { port1, port2 } = new MessageChannel();
    expose(() => {}, port1);
    ports.push(port1, port2);
    return { type: 'HANDLER', name: 'proxy', value: port2 };
  }
  if (value === file && value === legal) return { type: 'RAW', value: new File(['x\n1\n2'], 'a.csv') };
  return { type: 'RAW', value };
}

let made = 0;
function wireOf([name, ...legal]: (typeof calls)[number], given: unknown): Wire {
  const list = Array.isArray(given) ? given : [given];
  const argumentList = list.map((value, place) => argument(value, legal[place]));
  return { id: `call ${++made}`, type: 'APPLY', path: name.split('.'), argumentList };
}

const port = new Port();
const lab = new Lab();
beforeAll(() => expose(lab, onlyCalls(port.endpoint)));
afterAll(() => {
  lab.pause();
  lab.sweeps.stop();
  lab.fits.stop();
  for (const open of ports) open.close();
});

/** What a person does in the end: opens a table, and trains. */
async function trained(): Promise<number[]> {
  const { told, until } = updatesOf(lab);
  lab.sweeps.stop();
  lab.fits.stop();
  lab.pace(null);
  expect((await lab.open(source, data)).ok).toBe(true);
  const reply = await lab.start(start);
  if (!reply.ok) throw new Error(JSON.stringify(reply.problem));
  lab.play();
  const own = ({ run }: Update) => run === reply.value.id;
  await until((update) => own(update) && update.outcome !== null);
  return told.filter(own).flatMap(({ records }) => records.map(({ train_loss }) => train_loss));
}

const cases = times(120, 10_000);
test(`${cases} calls and other messages of seed ${faultSeed}: a run that is begun after them has its bits`, async () => {
  const undisturbed = await trained();
  expect(undisturbed).toHaveLength(8);
  const drawn = fc.sample(
    fc.record({
      at: fc.nat(),
      changes: mutations,
      value: hostileValue,
      kind: fc.oneof(
        { weight: 40, arbitrary: fc.constantFrom('call', 'arguments', 'arguments', 'arguments', 'message', 'junk') },
        { weight: 1, arbitrary: fc.constant('huge') },
      ),
    }),
    { seed: faultSeed, numRuns: cases },
  );
  for (const [count, { at, changes, value, kind }] of drawn.entries()) {
    const call = calls[at % calls.length];
    const [name, ...legal] = call;
    const about = `case ${count} of seed ${faultSeed}: ${kind}, ${name}`;
    try {
      const unhandled = await unhandledDuring(async () => {
        if (kind === 'call') await port.answer(wireOf(call, legal));
        else if (kind === 'arguments') await port.answer(wireOf(call, mutated(legal, changes)));
        else if (kind === 'huge') await port.answer(wireOf(call, legal.fill('x'.repeat(5_000_000))));
        else if (kind === 'junk') port.send(value);
        else port.send(mutated({ ...wireOf(call, []), argumentList: [{ type: 'RAW', value: legal[0] }] }, changes));
      });
      expect(unhandled).toEqual([]);
      if (count % 100 === 59 || count === cases - 1) expect(await trained()).toEqual(undisturbed);
    } catch (error) {
      throw new Error(about, { cause: error });
    }
  }
}, 590_000);

test.each(['SET', 'GET', 'CONSTRUCT', 'ENDPOINT', 'RELEASE'])('%s is no call, and changes nothing', async (type) => {
  port.send({ id: 'other', type, path: ['play'], value: { type: 'RAW', value: null }, argumentList: [] });
  await port.answer(wireOf(['report'], []));
  expect(lab.play).toBeTypeOf('function');
});
