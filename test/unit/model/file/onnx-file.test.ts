/** Our own .onnx files are read back; other files are refused by what they are. */
import { PbfWriter } from 'pbf';
import { describe, expect, it } from 'vitest';
import { toOnnx } from '../../../../src/export/onnx/onnx.ts';
import { loadModel } from '../../../../src/model/file/load-model.ts';
import { saveModel } from '../../../../src/model/model.ts';
import { problemOf } from '../../../support/data/tables.ts';
import { exportCases } from '../../../support/models/exported-models.ts';
import { contentsOf } from '../../../support/models/safetensors.ts';

const legal = toOnnx(contentsOf(2, [3], 1));

it.each(exportCases())('reads what it wrote, to the last bit: $name', ({ model, table }) => {
  const read = loadModel(toOnnx(model), 'model.onnx');
  expect(saveModel(read)).toEqual(saveModel(model));
  expect(read.predict(table)).toEqual(model.predict(table));
});

describe('an .onnx file', () => {
  it('is read when another program has added to it', () => {
    const writer = new PbfWriter();
    writer.writeMessage(14, (_, pbf) => pbf.writeStringField(1, 'note'), undefined);
    writer.writeVarintField(5, 2 ** 40);
    writer.writeDoubleField(99, 1);
    writer.writeFixed32Field(98, 1);
    const bytes = new Uint8Array([...legal, ...writer.finish()]);
    expect(saveModel(loadModel(bytes))).toEqual(saveModel(contentsOf(2, [3], 1)));
  });

  const refusal = (bytes: Uint8Array) => problemOf(() => loadModel(bytes, 'model.onnx')).message;
  const changed = (from: string, to: string) => {
    const text = Buffer.from(legal).toString('latin1');
    // Constants are after the nodes that use them.
    const at = text.lastIndexOf(from);
    expect(at).toBeGreaterThan(0);
    return Buffer.from(text.slice(0, at) + to + text.slice(at + from.length), 'latin1');
  };

  it('of another program is refused', () => {
    expect(refusal(changed('perceptron_lab', 'perceptron_pub'))).toBe(
      'model.onnx is not a model of Perceptron Lab: it is an ONNX file that another program wrote; export gives one that can be read again.',
    );
  });

  it('that is cut anywhere is refused', () => {
    for (let length = 1; length < legal.length; length += 7) {
      expect(refusal(legal.subarray(0, length))).toMatch(
        /^model\.onnx is not an? (ONNX file|model of Perceptron Lab): /,
      );
    }
  });

  it('that is broken is refused by what is wrong', () => {
    expect(refusal(changed('layers.0.weight', 'layers.0.w\xff\xffght'))).toBe(
      'model.onnx is not an ONNX file: one of its texts is not UTF-8.',
    );
    expect(refusal(changed('layers.0.bias', 'layers.9.bias'))).toMatch(/has no tensor layers\.0\.bias\.$/);
    expect(refusal(Uint8Array.of(8, 8, 3))).toMatch(/it has a field of a kind that no such file has\.$/);
  });
});
