/** `export`: a model as files for other programs. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readCsv } from '../../../src/data/read/csv.ts';
import { exportFormats } from '../../../src/export/formats.ts';
import { loadModel } from '../../../src/model/file/load-model.ts';
import { expectRefusal, folder, lab, people, quick } from '../../support/commands/cli.ts';
import { largestError, runOnnx, runtimes, tolerance } from '../../support/models/onnx.ts';

describe('export', () => {
  beforeAll(async () => {
    await lab(`train people.csv --target answer ${quick} --out model`);
  });
  const path = (name: string) => join(folder, name);

  it('writes a file that answers like the model', async () => {
    const { code, out, err } = await lab('export model --format onnx');
    expect({ code, out, err }).toEqual({ code: 0, out: 'wrote  model/model.onnx\n', err: '' });
    const model = loadModel(readFileSync(path('model/model.safetensors')));
    const table = await readCsv(people(50, false));
    const { values } = await runOnnx(
      runtimes['onnxruntime-node'],
      readFileSync(path('model/model.onnx')),
      model,
      table,
    );
    expect(largestError(model, table, values)).toBeLessThan(tolerance);
  });

  it('writes ONNX that can be read again', async () => {
    const [first, again] = await Promise.all([
      lab('predict model people.csv'),
      lab('predict model/model.onnx people.csv'),
    ]);
    expect(again).toEqual({ ...first, code: 0 });
  });

  it('prints one JSON object, and makes the folder', async () => {
    const { code, out, err } = await lab('export model/model.safetensors --format json --out new/folder --json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toEqual({
      command: 'export',
      model: 'model/model.safetensors',
      format: 'json',
      files: ['new/folder/model.json'],
    });
    expect(JSON.parse(readFileSync(path('new/folder/model.json'), 'utf8'))).toMatchObject({
      format: 'perceptron-lab-model',
      task: 'binary',
    });
  });

  it('leaves a file of that name as it is, unless it is to be replaced', async () => {
    await lab('export model --format json --out kept');
    const written = readFileSync(path('kept/model.json'), 'utf8');
    // The same again is no harm.
    expect(await lab('export model --format json --out kept')).toMatchObject({ code: 0, err: '' });
    writeFileSync(path('kept/model.json'), '{}');
    await expectRefusal('export model --format json --out kept', /^kept\/model\.json: is another file of that name; /);
    expect(readFileSync(path('kept/model.json'), 'utf8')).toBe('{}');
    expect(await lab('export model --format json --out kept --overwrite')).toMatchObject({ code: 0 });
    expect(readFileSync(path('kept/model.json'), 'utf8')).toBe(written);
  });

  it('refuses what it cannot do, in the language asked for, and writes nothing', async () => {
    const formats = `${exportFormats.slice(0, -1).join(', ')} or ${exportFormats.at(-1)}`;
    const unknown = `--format: "onx" is not known; choose ${formats} (did you mean onnx?).`;
    await expectRefusal('export model --format onx --out none', unknown);
    await expectRefusal('export model --out none', `--format: say which one is wanted: ${formats}.`);
    await expectRefusal('export model --format onnx --level 0.5 --out none', /^This model has no intervals/);
    await expectRefusal('export missing.safetensors --format onnx --out none', /^missing\.safetensors: /);
    await expectRefusal('export curve.csv --format onnx --out none', /^curve\.csv: is named as a table/);
    await expectRefusal(
      'export model --format onx --out none --lang ko',
      /^--format: "onx"은\(는\) 알 수 없는 값입니다/,
    );
    expect(existsSync(path('none'))).toBe(false);
  });
});
