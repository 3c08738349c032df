/** `train`: what it makes of tables, and says of them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { normalAt } from '../../../src/util/random.ts';
import { expectRefusal, firstOptions, folder, lab, people, quick, rows } from '../../support/commands/cli.ts';
import { textsOf } from '../../support/data/tables.ts';
import { expectReport, textOfPage } from '../../support/text/pages.ts';

/** Rows without an answer: a city that training did not have, and gaps. */
const newPeople = people(40, false).replace('20,Seoul', '33,Daegu');

describe('train', () => {
  it('says which column gives the target away before any score, in the terminal and in the report', async () => {
    const lines = rows.map(({ x, y }, row) => `${x},${(row * 7) % 11},${(1.1 * Number(y)).toFixed(4)},${y}`);
    writeFileSync(join(folder, 'shop.csv'), `x,other,total price,y\n${lines.join('\n')}\n`);
    const { out } = await lab(`train shop.csv --target y ${quick} --ignore other --out shop`);
    const sentence =
      'Column "total price" is the target on another scale (their correlation is 1); leave it out unless it is known before the target is.';
    expect(out.replace(/\n +/g, ' ')).toMatch(
      `critical  ${sentence} Option: --ignore 'other,total price'\ndata      shop.csv: 60 rows`,
    );
    const page = readFileSync(join(folder, 'shop', 'report.html'), 'utf8');
    expectReport(page);
    const text = textOfPage(page);
    expect(text.indexOf(sentence)).toBeGreaterThan(0);
    expect(text.indexOf(sentence)).toBeLessThan(text.indexOf('RMSE'));
    const quiet = await lab(`train shop.csv --target y ${quick} --quiet`);
    expect(quiet.err).toBe(`${sentence} Option: --ignore 'total price'\n`);
    const { notices } = JSON.parse((await lab(`train shop.csv --target y ${quick} --json`)).out);
    expect(notices[0]).toMatchObject({ severity: 'critical', fix: { setting: 'ignore', column: 'total price' } });
  });

  it('says at the end that validation got worse, and from which epoch', async () => {
    // Nothing in x says anything of y.
    const lines = Array.from({ length: 120 }, (_, row) =>
      [2, 3, 4, 5, 6, 7].map((seed) => normalAt(seed, row).toFixed(4)).join(','),
    );
    writeFileSync(join(folder, 'noise.csv'), `a,b,c,d,e,y\n${lines.join('\n')}\n`);
    const long = `--target y --hidden 32,32 --epochs 150 --learning_rate 0.01 --engine cpu ${firstOptions}`;
    const { out } = await lab(`train noise.csv ${long} --out noise`);
    const ending =
      /Trained all 150 epochs\. .*Not useful: validation RMSE .* Validation got worse from epoch (\d+) of 150: its loss was [\d.]+ there and [\d.]+ at the end\. Stop early, which keeps the best epoch\. Option: --early_stopping/;
    const [, epoch] = ending.exec(out.replace(/\n/g, ' ')) ?? [];
    expect(Number(epoch)).toBeGreaterThan(0);
    expect(Number(epoch)).toBeLessThan(75);
    expect(textOfPage(readFileSync(join(folder, 'noise', 'report.html'), 'utf8'))).toContain(
      `Validation got worse from epoch ${epoch} of 150`,
    );
    const stopped = JSON.parse((await lab(`train noise.csv ${long} --early_stopping --json`)).out);
    expect(stopped.notices.map(({ code }: { code: string }) => code)).not.toContain('overfitted');
    expect(stopped.verdict[0].code).toBe('not_useful');
  });

  it('trains on classes from strings, dates and gaps, and says what it makes of them', async () => {
    const words =
      'train people.csv --target answer --hidden 16 --epochs 60 --engine reference --refit false --out classes';
    const { code, out, err } = await lab(`${words} --json`);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const result = JSON.parse(out);
    expect(result).toMatchObject({
      task: 'binary',
      settings: { training: { loss: 'binary_cross_entropy' }, data: { types: {} } },
      baseline: { name: 'majority class', test: { accuracy: expect.any(Number) } },
      metrics: {
        test: {
          accuracy: expect.any(Number),
          log_loss: expect.any(Number),
          precision: expect.any(Number),
          recall: expect.any(Number),
          f1: expect.any(Number),
          roc_auc: expect.any(Number),
          classes: ['no', 'yes'],
        },
      },
    });
    expect(result.metrics.train.accuracy).toBeGreaterThan(result.baseline.train.accuracy + 0.15);
    expect(result.verdict.map(({ code }: { code: string }) => code)).toEqual(['useful', 'still_falling']);
    expect(textsOf(result.notices)).toEqual([expect.stringMatching(/^Column "name" is left out as an identifier\./)]);
    const history = readFileSync(join(folder, 'classes', 'history.csv'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(history[0]).toBe('epoch,train_loss,validation_loss,accuracy,log_loss,seconds');
    expect(Number(history[60].split(',')[3])).toBe(result.metrics.validation.accuracy);

    const people = (await lab(`${words} --split 0.8,0.2 --overwrite`)).out;
    expect(people).toMatch(
      / +rows +accuracy +log loss +macro f1 +roc auc +baseline accuracy +baseline log loss\ntrain/,
    );
    expect(people).toMatch(
      /Rows of the validation set by actual and, across, predicted class:\nactual +no +yes\nno +\d/,
    );
    expect(people).toMatch(/loss\s+binary_cross_entropy/);
    expect(Math.max(...people.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);

    const predicted = await lab('predict classes/model.safetensors - --json', newPeople);
    expect({ code: predicted.code, err: predicted.err }).toEqual({ code: 0, err: '' });
    const { columns, predictions, notices } = JSON.parse(predicted.out);
    expect(columns).toEqual(['predicted_answer', 'probability_no', 'probability_yes']);
    expect(new Set(predictions.predicted_answer)).toEqual(new Set(['no', 'yes']));
    predictions.probability_yes.forEach((share: number, row: number) => {
      expect(share + predictions.probability_no[row]).toBeCloseTo(1, 6);
      expect(predictions.predicted_answer[row]).toBe(share > 0.5 ? 'yes' : 'no');
    });
    expect(textsOf(notices)).toEqual([
      'Column "age": 44 stands in for 4 cells without a value: rows 7, 18, 29, 40.',
      'Column "city": 1 cell holds what training rows did not have ("Daegu" in row 2): they are none of its levels in training and count as none.',
      'Column "income": 1 value outside the training range, 21000 to 70000, such as 20000 in row 2.',
    ]);
    const sheet = await lab('predict classes/model.safetensors -', newPeople);
    expect(sheet.err).toBe(`${textsOf(notices).join('\n')}\n`);
    expect(sheet.out).toMatch(/^age,city,born,income,name,predicted_answer,probability_no,probability_yes\n33,Daegu,/);
  });

  it('predicts numbers in their own units from the same columns', async () => {
    const { code, out } = await lab(
      'train people.csv --target income --target_transform log --hidden 16 --epochs 80 --engine reference --out income --json',
    );
    expect(code).toBe(0);
    const { metrics, baseline } = JSON.parse(out);
    expect(metrics.test.rmse).toBeLessThan(0.5 * baseline.test.rmse);
    const { predictions } = JSON.parse((await lab('predict income/model.safetensors people.csv --json')).out);
    const incomes = people(120)
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => Number(line.split(',')[3]));
    const error = incomes.reduce((sum, income, row) => sum + (predictions.predicted_income[row] - income) ** 2, 0);
    expect(Math.sqrt(error / 120)).toBeLessThan(0.5 * baseline.test.rmse);
  });

  it('reads what it is told to', async () => {
    const european = `1;2,5\n${Array.from({ length: 30 }, (_, i) => `${i},5;${i % 7},25`).join('\n')}\n`;
    const { code, out } = await lab(
      `train - --target column_2 ${quick} --header no --delimiter ; --decimal , --json`,
      european,
    );
    expect(code).toBe(0);
    expect(JSON.parse(out).rows.total).toBe(31);
    await expectRefusal('train curve.csv --target y --header maybe', '--header: "maybe" is not true or false.');
  });
});
