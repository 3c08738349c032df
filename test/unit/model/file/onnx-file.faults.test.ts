/** .onnx files that somebody wrote to do harm: a model that can be used, or a refusal in a line; no more memory than the file. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { operators } from '../../../../src/export/onnx/graph.ts';
import { toOnnx } from '../../../../src/export/onnx/onnx.ts';
import { encodeModel } from '../../../../src/export/onnx/proto.ts';
import { loadModel } from '../../../../src/model/file/load-model.ts';
import { storedKey } from '../../../../src/model/file/onnx-file.ts';
import { storedModel } from '../../../../src/model/file/write-safetensors.ts';
import { forwardRows, type Model, saveModel } from '../../../../src/model/model.ts';
import { allocatedBy, designed, mutated, mutations } from '../../../support/data/hostile.ts';
import { faultSeed, times } from '../../../support/faults.ts';
import { contentsOf, ensembleOf } from '../../../support/models/safetensors.ts';

const models = [contentsOf(2, [3], 1), ensembleOf(), contentsOf(20, [8, 8], 3)];
const files = models.map((model) => toOnnx(model));
const which = fc.nat({ max: models.length - 1 });
const numRuns = times(200, 10_000);
const seen = { read: 0, refused: 0 };

function expectHarmless(file: Uint8Array): void {
  let model: Model | undefined;
  const bytes = allocatedBy(() => {
    model = designed(() => loadModel(file, 'model.onnx'));
  });
  expect(bytes).toBeLessThanOrEqual(2 * file.length);
  seen[model ? 'read' : 'refused'] += 1;
  if (!model) return;
  const [{ layers }] = model.members;
  expect(forwardRows(model, new Float32Array(layers[0].inputs), 1)).toHaveLength(layers.at(-1)?.outputs ?? 0);
  loadModel(saveModel(model));
}

/** Side lengths that the format can hold, whatever was put in their place. */
const shapeOf = (shape: unknown) =>
  Array.isArray(shape)
    ? shape.map((side) => (typeof side === 'number' ? Math.min(2 ** 60, Math.abs(Math.trunc(side))) : 0))
    : [];

/** Metadata with JSON as groups rather than as text, and the other way round. */
const opened = (metadata: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(metadata).map(([key, text]) => [key, /^[[{]/.test(text) ? JSON.parse(text) : text]),
  );
const closed = (metadata: unknown) =>
  typeof metadata === 'object' && metadata !== null
    ? Object.fromEntries(
        Object.entries(metadata).map(([key, part]) => [key, typeof part === 'object' ? JSON.stringify(part) : part]),
      )
    : metadata;

/** A file with other metadata and tensors than a model has. */
function putTogether(metadata: unknown, tensors: unknown, values: readonly Float32Array[]): Uint8Array {
  const constants = (Array.isArray(tensors) ? tensors : []).map((tensor, index) => ({
    type: 'float' as const,
    name: typeof Object(tensor).name === 'string' ? Object(tensor).name : '',
    shape: shapeOf(Object(tensor).shape),
    values: values[index % values.length],
  }));
  return encodeModel({
    irVersion: 8,
    producer: { name: 'perceptron-lab', version: 'test' },
    operators,
    description: '',
    metadata: { [storedKey]: typeof metadata === 'string' ? metadata : (JSON.stringify(metadata) ?? '') },
    graph: { name: '', nodes: [], constants, inputs: [], outputs: [] },
  });
}

describe('a hostile file', () => {
  it('with other metadata and tensors', () => {
    fc.assert(
      fc.property(which, mutations, (legal, changes) => {
        const { metadata, tensors } = storedModel(models[legal]);
        const parts = { metadata: opened(metadata), tensors: tensors.map(({ name, shape }) => ({ name, shape })) };
        const changed = Object(mutated(parts, changes));
        expectHarmless(
          putTogether(
            closed(changed.metadata),
            changed.tensors,
            tensors.map(({ values }) => values),
          ),
        );
      }),
      { seed: faultSeed, numRuns },
    );
    expect(seen.read).toBeGreaterThan(numRuns / 50);
    expect(seen.refused).toBeGreaterThan(numRuns / 3);
  });

  it('with bytes changed anywhere, and cut', () => {
    const change = fc.record({ at: fc.nat(), value: fc.integer({ min: 0, max: 255 }) });
    fc.assert(
      fc.property(which, fc.array(change, { maxLength: 4 }), fc.option(fc.nat()), (legal, changes, cut) => {
        const broken = files[legal].slice(0, cut === null ? undefined : cut % files[legal].length);
        for (const { at, value } of changes) if (broken.length > 0) broken[at % broken.length] = value;
        expectHarmless(broken);
      }),
      { seed: faultSeed, numRuns },
    );
  });

  it('of random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => expectHarmless(Uint8Array.of(8, ...bytes))),
      { seed: faultSeed, numRuns },
    );
  });
});
