/** `report`: the founding experiment as a command, made small. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../src/data/read/csv.ts';
import type { FoundingReport } from '../../../src/founding/report.ts';
import { loadModel } from '../../../src/model/file/load-model.ts';
import { asTerminal, curve, expectRefusal, folder, lab, start } from '../../support/commands/cli.ts';

const small = '--hidden 4,4 --seeds 2 --engine cpu';

describe('report', () => {
  it('prints the cells, the theory and the findings, and writes them', async () => {
    const { code, out, err } = await lab(`report curve.csv ${small} --epochs 2 --out founding`);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^data +curve\.csv: 60 rows \(48 train, 12 validation, split by seed 10\)/);
    expect(out).toMatch(
      /\nexperiment +1-4-4-1 \(33 parameters\), 24 combinations, 2 seeds each: 48 trials in one\s+population\n/,
    );
    expect(out.match(/\n(sigmoid|tanh|relu|leaky_relu), (sgd|adam) +[148] +[\d.]+ +[\d.]+ /g)).toHaveLength(24 + 8);
    expect(out).toMatch(/batch +1 layer +2 layers .* 6 layers\n/);
    expect(out).toMatch(/\nXOR +a perceptron 2-1 gets all four rows right with 0 of 10 seeds\n/);
    for (const id of 'abcdefgh') expect(out).toMatch(new RegExp(`\\n${id}  (holds|does not hold|depends)\\n   \\S`));
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(100);

    const report: FoundingReport = JSON.parse(readFileSync(join(folder, 'founding', 'report.json'), 'utf8'));
    expect(report.file).toBe('curve.csv');
    expect(report.repeat).toBe('perceptron-lab report curve.csv --seeds 2 --epochs 2 --hidden 4,4 --engine cpu');
    expect(report.versions.runtime).toContain(process.versions.node);
    expect(report.cells).toHaveLength(24);
    for (const name of ['cells.csv', 'curves.csv', 'fits.csv']) {
      expect(readFileSync(join(folder, 'founding', name), 'utf8')).toMatch(/^rule,activation,optimizer,batch_size,/);
    }
    // The saved model is the best one: it scores what the report says, here over all rows.
    const model = loadModel(readFileSync(join(folder, 'founding', 'best.safetensors')));
    const { metrics } = model.evaluate(await readCsv(curve));
    const { x = [], y = [] } = report.best?.fit ?? {};
    const [answers] = model.predict(await readCsv(`x\n${x.join('\n')}\n`));
    expect(answers.kind === 'number' && answers.values[60]).toBeCloseTo(y[60], 3);
    expect('rmse' in metrics && metrics.rmse).toBeGreaterThan(0);
  });

  it('ends on Ctrl-C, and reports what there is as one JSON object', async () => {
    const words = `report curve.csv ${small} --epochs 100000 --json --out cut`;
    const { child, ended } = start(words.split(' '), '', asTerminal);
    const trained = new Promise<void>((resolve) => {
      let said = '';
      child.stderr.on('data', (chunk) => {
        said += chunk;
        if (/training .* left/.test(said)) resolve();
      });
    });
    await Promise.race([trained, ended]);
    child.kill('SIGINT');
    const { code, out } = await ended;
    expect(code).toBe(130);
    const { command, interrupted, cells, findings, files } = JSON.parse(out);
    expect({ command, interrupted }).toEqual({ command: 'report', interrupted: true });
    expect(cells[0].stopped).toEqual({ interrupted: 2 });
    expect(findings.map(({ id }: { id: string }) => id).join('')).toBe('abcdef');
    const names = ['report.json', 'cells.csv', 'curves.csv', 'fits.csv', 'best.safetensors', 'report.html'];
    expect(files).toEqual(names.map((name) => `cut/${name}`));
    for (const name of names) expect(existsSync(join(folder, 'cut', name))).toBe(true);
  });
});

describe('what report refuses', () => {
  writeFileSync(join(folder, 'three-columns.csv'), 'a,b,c\n1,2,3\n2,3,5\n');

  it.each([
    ['report nowhere.csv', 'nowhere.csv: no such file.'],
    [
      'report three-columns.csv',
      /^three-columns\.csv: the founding report fits y by x; give a table with columns x and y/,
    ],
    ['report --seeds 0', '--seeds: "0" is not a whole number from 1 to 1\u202f000.'],
    ['report --hidden 4,', '--hidden: "" is not a whole number from 1 to 4\u202f096.'],
  ])('%s', async (words, sentence) => {
    await expectRefusal(words, sentence);
  });

  it('a folder that holds a report, once it has found the sample', async () => {
    mkdirSync(join(folder, 'taken'));
    writeFileSync(join(folder, 'taken', 'report.json'), '{}');
    await expectRefusal(
      'report --out taken',
      '--out taken: holds a report already (report.json); name another folder, or write over it with --overwrite.',
    );
    writeFileSync(join(folder, 'taken', 'cells.csv'), '');
    expect(await lab('report --out taken --resume')).toEqual({
      code: 0,
      out: '',
      err: 'taken: the report has ended, there is nothing to go on with; its results stay as they are.\n',
    });
    expect(readFileSync(join(folder, 'taken', 'report.json'), 'utf8')).toBe('{}');
  });
});
