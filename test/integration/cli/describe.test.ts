/** `describe`: what a table holds, in the terminal. */
import { describe, expect, it } from 'vitest';
import { asTerminal, lab, start } from '../../support/commands/cli.ts';

describe('describe', () => {
  it('says what the columns hold, and what to look at', async () => {
    const { code, out, err } = await lab('describe people.csv --target answer');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^table +people\.csv: 120 rows, 6 columns\n/);
    expect(out).toMatch(/\nage +integer +11 +/);
    expect(out).toMatch(/\nborn +date +– +\d+ +19\d\d-\d\d-\d\d +\d{4}-\d\d-\d\d/);
    expect(out).toMatch(/\ncity +Seoul \(\d+\), /);
    const { columns, rows } = JSON.parse((await lab('describe people.csv --json --types age=category')).out);
    expect(rows).toBe(120);
    expect(columns[0]).toMatchObject({ name: 'age', type: 'category', missing: 11 });
    expect(columns[3].numbers.histogram.counts.reduce((sum: number, count: number) => sum + count, 0)).toBe(120);
  });

  it('says in a terminal what it does meanwhile', async () => {
    const { err } = await start(['describe', 'people.csv'], '', asTerminal).ended;
    expect(err).toMatch(/reading {2}people\.csv.*describing {2}people\.csv/s);
  });

  it('refuses what is not there in one line', async () => {
    expect(await lab('describe people.csv --target anser')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/^--target: people\.csv has no column "anser".*did you mean answer\?\)\.\n$/),
    });
    expect(await lab('describe people.csv --types age=numbr')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^--types: age: "numbr" is not known; .*did you mean number\?\)\.\n$/),
    });
  });
});
