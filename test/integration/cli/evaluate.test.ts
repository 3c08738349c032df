/** `evaluate`: a saved model on rows whose answers are known. */
import { beforeAll, describe, expect, it } from 'vitest';
import { asTerminal, lab, people, start } from '../../support/commands/cli.ts';
import { textsOf } from '../../support/data/tables.ts';

describe('evaluate', () => {
  const trained = { judged: {}, measured: {} } as Record<'judged' | 'measured', { train: Record<string, unknown> }>;
  beforeAll(async () => {
    const quick = '--epochs 10 --split 1,0,0 --engine cpu --json';
    for (const [name, table] of [
      ['judged', 'people.csv --target answer'],
      ['measured', 'curve.csv --target y'],
    ] as const) {
      trained[name] = JSON.parse((await lab(`train ${table} ${quick} --out ${name}`)).out).metrics;
    }
  });

  it('scores as training did, numbers and classes', async () => {
    const classes = JSON.parse((await lab('evaluate judged/model.safetensors people.csv --json')).out);
    expect(classes).toMatchObject({ rows: 120, task: 'binary' });
    expect(classes.metrics.confusion).toEqual(trained.judged.train.confusion);
    expect(classes.metrics.log_loss).toBeCloseTo(Number(trained.judged.train.log_loss), 6);
    const numbers = JSON.parse((await lab('evaluate measured/model.safetensors curve.csv --json')).out);
    expect(numbers.metrics.rmse).toBeCloseTo(Number(trained.measured.train.rmse), 6);
    const text = await lab('evaluate judged/model.safetensors people.csv');
    expect(text.out).toMatch(/\naccuracy +\d\.\d{4}\n/);
    expect(text.out).toMatch(/\nbalanced accuracy +\d\.\d{4}\n/);
    expect(text.out).toMatch(/\nBrier score +\d\.\d{4}\ncalibration error +\d\.\d{4}\n/);
    expect(text.out).toMatch(/\nactual +no +yes\nno +\d/);
  });

  it('says what the model leans on, and how', async () => {
    const words = 'evaluate judged people.csv --importance --dependence city';
    const { importance, dependence, metrics } = JSON.parse((await lab(`${words} --json`)).out);
    expect(importance).toMatchObject({ rows: 120, repeats: 5, metric: 'accuracy' });
    expect(importance.baseline).toBeCloseTo(metrics.accuracy, 6);
    expect(importance.columns[0].mean).toBeGreaterThan(0);
    expect(dependence).toMatchObject({ column: 'city', levels: true, rows: 120, curves: [{ name: 'yes' }] });
    const { individuals, curves } = dependence;
    expect([individuals.length, individuals[0] >= 2, individuals.at(-1) <= 121]).toEqual([50, true, true]);
    expect(curves[0].individual.map((line: number[]) => line.length)).toEqual(
      individuals.map(() => dependence.at.length),
    );
    expect(dependence.labels).toEqual(expect.arrayContaining(['Seoul', 'Busan', 'Jeju']));
    const { code, out } = await lab(words);
    expect(code).toBe(0);
    expect(out.replace(/\s+/g, ' ')).toContain('Importance: how much worse accuracy gets when a column is shuffled');
    expect(out).toMatch(/\ncolumn +mean +±\n/);
    expect(out).toMatch(/\ncity +yes +10 % +90 %\n(.*\n)*Jeju +[\d.]+ +[\d.]+ +[\d.]+/);
    expect(await lab('evaluate judged people.csv --dependence name')).toMatchObject({
      code: 2,
      err: 'The model learns from no column "name".\n',
    });
  });

  it('says in a terminal what it does meanwhile', async () => {
    const { err } = await start(['evaluate', 'judged', 'people.csv'], '', asTerminal).ended;
    expect(err).toMatch(/evaluating {2}people\.csv/);
  });

  it('says that rows were trained on, where name and length are those of the table', async () => {
    const start = 'people.csv has the name and the number of rows (120) of the table that the model comes from';
    const said = async (words: string, input?: string) =>
      textsOf(JSON.parse((await lab(`evaluate ${words} --json`, input)).out).notices).filter((text) =>
        text.includes('the model comes from'),
      );
    const all = `${start}, which has learned from all of them: if it is that table, these scores are not those of new rows.`;
    expect(await said('judged people.csv')).toEqual([all]);
    expect(await said('judged people.csv --dependence city')).toEqual([all]);
    // Neither their name nor their number is known again.
    expect(await said('judged -', people(120))).toEqual([]);
    await lab('train people.csv --target answer --epochs 2 --engine cpu --refit false --split 0.6,0.2,0.2 --out held');
    expect(await said('held people.csv')).toEqual([
      expect.stringContaining(`${start}, which has learned from 96 of them`),
    ]);
    await lab('train people.csv --target answer --epochs 2 --engine cpu --split 0.6,0.2,0.2 --out whole');
    expect(await said('whole people.csv')).toEqual([all]);
    expect((await lab('evaluate whole people.csv --lang ko')).out.replace(/\s+/g, ' ')).toContain(
      '모두에서 배웠습니다',
    );
  });

  it('leaves out rows without an answer, and refuses answers that cannot be', async () => {
    const lines = people(20).trimEnd().split('\n');
    const gap = lines.map((line, row) => (row === 3 ? line.replace(/,(yes|no)$/, ',') : line)).join('\n');
    const left = JSON.parse((await lab('evaluate judged/model.safetensors - --json', gap)).out);
    expect(left.rows).toBe(19);
    expect(textsOf(left.notices)).toContainEqual('1 row has no value of the target "answer" and is left out: row 4.');
    const odd = lines.map((line, row) => (row === 3 ? line.replace(/,(yes|no)$/, ',maybe') : line)).join('\n');
    expect(await lab('evaluate judged/model.safetensors -', odd)).toMatchObject({
      code: 2,
      err: 'standard input, row 4, column "answer": "maybe" is not a class of the model, which knows no, yes; leave the row out or correct it.\n',
    });
    expect(await lab('evaluate measured/model.safetensors -', 'x,y\n1,abc\n2,def\n')).toMatchObject({
      code: 2,
      err: 'standard input, row 2, column "y": "abc" is no answer the model could give; correct the cell.\n',
    });
    expect(await lab('evaluate measured/model.safetensors -', 'x,z\n1,2\n2,3\n')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^target: standard input has no column "y", only x, z/),
    });
  });
});
