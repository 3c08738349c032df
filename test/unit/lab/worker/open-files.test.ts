/** Models that the page opens: files of ours, and networks of other programs with their columns. */
import { expect, it } from 'vitest';
import { toOnnx } from '../../../../src/export/onnx/onnx.ts';
import { openFiles } from '../../../../src/lab/worker/predict/open-files.ts';
import { createModel, saveModel } from '../../../../src/model/model.ts';
import { tableOf, valuesOf } from '../../../support/data/tables.ts';
import { exportCases } from '../../../support/models/exported-models.ts';
import { putTogether } from '../../../support/models/safetensors.ts';

/** y = 2 a - b, from `nn.Sequential(nn.Linear(2, 1))`. */
const linear = putTogether(
  {
    '0.weight': { dtype: 'F32', shape: [1, 2], data_offsets: [0, 8] },
    '0.bias': { dtype: 'F32', shape: [1], data_offsets: [8, 12] },
  },
  new Uint8Array(Float32Array.of(2, -1, 0).buffer),
);
const network = new File([linear as Uint8Array<ArrayBuffer>], 'net.safetensors');
const columns = (text: string, name = 'net.columns.json') => new File([text], name);
const named = columns('{"columns": ["a", "b"], "activation": "relu", "target": "y"}');

it('opens the files that leave the page, ONNX among them', async () => {
  const { model, table } = exportCases()[0];
  const files = [
    new File([saveModel(model)], 'model.safetensors'),
    new File([toOnnx(model) as Uint8Array<ArrayBuffer>], 'model.onnx'),
  ];
  for (const file of files) {
    const opened = await openFiles([file]);
    expect(opened.name).toBe(file.name);
    expect(createModel(opened.model).predict(table)).toEqual(model.predict(table));
  }
});

it('opens a network of another program with its columns, in any order', async () => {
  for (const files of [
    [network, named],
    [named, network],
  ]) {
    const { name, model } = await openFiles(files);
    expect(name).toBe('net.safetensors');
    const [answer] = model.predict(tableOf({ a: [1, 3], b: [4, -1] }));
    expect([...valuesOf(answer)]).toEqual([-2, 7]);
  }
});

it.each([
  [
    'its columns are missing',
    [network],
    'net.safetensors: is a network of another program; choose net.columns.json, which says what its columns are, together with it.',
  ],
  [
    'the network is missing',
    [named],
    'net.columns.json: says what the columns of a network are; choose its .safetensors file together with it.',
  ],
  ['the columns are no JSON', [network, columns('{"columns": [')], /^net\.columns\.json: is not JSON: .*\.$/],
  [
    'the columns lack a part',
    [network, columns('{"columns": ["a", "b"], "target": "y"}')],
    /^net\.columns\.json: does not say what the columns are: activation/,
  ],
  ['the file is no model', [columns('a,b\n1,2', 'people.csv')], /^people\.csv is not a safetensors file/],
])('says so where %s', async (_, files, said) => {
  await expect(openFiles(files)).rejects.toThrow(said);
});
