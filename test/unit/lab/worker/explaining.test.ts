/** Why a row is answered as it is, asked of the worker: of the run as it stands, and of a model from a file. */
import { expect, test, vi } from 'vitest';
import type { Reply } from '../../../../src/lab/protocol/messages.ts';
import type { Explanation } from '../../../../src/lab/protocol/predict.ts';
import { Lab } from '../../../../src/lab/worker/lab.ts';
import { InputError } from '../../../../src/util/errors.ts';

// Node 20 has none.
vi.stubGlobal('navigator', { userAgent: 'Chrome/1.0' });
// That nothing is kept here.
vi.spyOn(console, 'info').mockImplementation(() => {});

const text = [
  'a,city,y',
  ...Array.from({ length: 60 }, (_, row) => {
    const a = (row * 7) % 40;
    return `${a},${['Seoul', 'Busan'][row % 2]},${2 * a + 10 * (row % 2)}`;
  }),
].join('\n');
const row = { a: '39', city: 'Seoul' };

async function had<Value>(reply: Promise<Reply<Value>>): Promise<Value> {
  const answer = await reply;
  if (!answer.ok) throw new InputError(answer.problem.message);
  return answer.value;
}

async function trained(): Promise<Lab> {
  const lab = new Lab();
  const done = new Promise<void>((resolve) => {
    lab.watch(({ state }) => {
      if (state === 'done') resolve();
    });
  });
  await had(lab.open({ name: 'one.csv', text }, { target: 'y' }));
  const training = { epochs: 30, batch_size: 8, optimizer: { kind: 'adam', learning_rate: 0.02 } } as const;
  await had(lab.start({ trial: { model: { hidden: [8] }, training }, data: { target: 'y' }, engine: 'cpu' }));
  lab.play();
  await done;
  return lab;
}

const sumOf = ({ answers: [{ base, columns }] }: Explanation) =>
  columns.reduce((sum, { contribution }) => sum + contribution, base);

test('the run is explained against its training rows, at the cost that was announced', async () => {
  const lab = await trained();
  const form = await lab.predictions.form();
  const shares: number[] = [];
  const found = await had(lab.predictions.explain(row, (share) => shares.push(share)));
  if (!found) throw new Error('no explanation');
  expect(found).toMatchObject({ from: 'training', at: { a: 39, city: 'Seoul' }, background: { rows: 42, of: 42 } });
  expect(found.predictions).toBe(form?.explaining);
  expect(shares.at(-1)).toBe(1);
  const asked = await had(lab.predictions.ask(row));
  const [answer] = asked?.answers ?? [];
  expect(found.answers[0].prediction).toBeCloseTo(answer?.kind === 'number' ? answer.value : Number.NaN, 3);
  expect(found.epoch).toBe(asked?.epoch);
  expect(sumOf(found)).toBeCloseTo(found.answers[0].prediction, 9);
  const [a, city] = found.answers[0].columns;
  expect(a.contribution).toBeGreaterThan(20);
  expect(city.contribution).toBeLessThan(0);
  await expect(had(lab.predictions.explain({ ...row, a: 'x' }, () => {}))).rejects.toThrow('"x" is not a number');
});

test('a model from a file is explained against the table that is open, and by none without one', async () => {
  const lab = await trained();
  const file = new File([(await lab.model()) as Uint8Array<ArrayBuffer>], 'model.safetensors');
  const form = await had(lab.predictions.load([file]));
  const found = await had(lab.predictions.explain(row, () => {}));
  expect(found).toMatchObject({ from: 'table', epoch: null, background: { rows: 60, of: 60 } });
  expect(found?.predictions).toBe(form.explaining);
  const another = new Lab();
  expect((await had(another.predictions.load([file]))).explaining).toBeNull();
  await expect(had(another.predictions.explain(row, () => {}))).rejects.toThrow('open a table with the columns');
  await had(another.open({ name: 'other.csv', text: 'b,y\n1,2\n2,3\n3,4\n4,5' }, { target: 'y' }));
  await expect(had(another.predictions.explain(row, () => {}))).rejects.toThrow('has no column "a"');
});

test('a question that is cancelled, or followed by another, has no answer', async () => {
  const lab = await trained();
  const cancelled = lab.predictions.explain(row, () => {});
  lab.predictions.cancelExplaining();
  const first = lab.predictions.explain(row, () => {});
  const second = lab.predictions.explain({ ...row, a: '10' }, () => {});
  expect(await had(cancelled)).toBeUndefined();
  expect(await had(first)).toBeUndefined();
  expect((await had(second))?.at).toEqual({ a: 10, city: 'Seoul' });
});
