/** Model files that somebody wrote to do harm: a model that can be used, or a refusal in a line; no more memory than the file. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { initialParameters, parameterCount } from '../../../../src/engine/parameters.ts';
import { decodeSafetensors } from '../../../../src/model/file/safetensors.ts';
import { encodeSafetensors } from '../../../../src/model/file/write-safetensors.ts';
import { forwardRows } from '../../../../src/model/model.ts';
import { type ModelCalibration, onlyMember } from '../../../../src/model/model-data.ts';
import { allocatedBy, changedText, designed, mutated, mutations, textChange } from '../../../support/data/hostile.ts';
import { faultSeed, times } from '../../../support/faults.ts';
import { withLayers } from '../../../support/models/layers.ts';
import { contentsOf, ensembleOf, putTogether, takeApart } from '../../../support/models/safetensors.ts';

const conformal: ModelCalibration = { kind: 'conformal', residuals: [[0.1, 0.2, 0.2, 0.5]], rows: 4, coverage: 0.75 };

function periodic() {
  const plain = contentsOf(3, [4], 1);
  const { layers, settings } = onlyMember(plain);
  const embedding = { kind: 'periodic' as const, frequencies: 2, scale: 0.3, learning_rate_factor: 1 };
  const own = withLayers(layers, { kind: 'periodic', before: [0], frequencies: 2 });
  return contentsOf(3, [4], 1, {
    layers: own,
    parameters: initialParameters(own, 'auto', 5),
    settings: { ...settings, model: { ...settings.model, embedding } },
  });
}

const files = [
  contentsOf(2, [3], 1),
  ensembleOf({ calibration: conformal }),
  periodic(),
  contentsOf(20, [8, 8], 3),
].map(encodeSafetensors);

/** A header with its metadata as groups rather than as text. */
function opened(file: Uint8Array): { header: Record<string, unknown>; data: Uint8Array } {
  const { header, data } = takeApart(file);
  const { __metadata__: metadata = {}, ...tensors } = header;
  const parts = Object.entries(metadata).map(([name, text]) => [name, /^[[{]/.test(text) ? JSON.parse(text) : text]);
  return { header: { __metadata__: Object.fromEntries(parts), ...tensors }, data };
}

function closed(header: unknown): unknown {
  const { __metadata__: metadata, ...tensors } = Object(header);
  if (typeof metadata !== 'object' || metadata === null) return header;
  const parts = Object.entries(metadata).map(([name, part]) => [
    name,
    typeof part === 'object' && part !== null ? JSON.stringify(part) : part,
  ]);
  return { __metadata__: Object.fromEntries(parts), ...tensors };
}

const seen = { read: 0, refused: 0 };

function expectHarmless(file: Uint8Array): void {
  const read = { model: undefined as ReturnType<typeof decodeSafetensors> | undefined };
  const bytes = allocatedBy(() => {
    read.model = designed(() => decodeSafetensors(file, 'model.safetensors'));
  });
  expect(bytes).toBeLessThanOrEqual(2 * file.length);
  seen[read.model ? 'read' : 'refused'] += 1;
  if (!read.model) return;
  const { model } = read;
  for (const { layers, parameters } of model.members) {
    expect(parameters.length).toBe(parameterCount(layers));
    expect(parameters.every(Number.isFinite)).toBe(true);
  }
  // What was taken can be used, and is taken again.
  const [{ inputs }] = model.members[0].layers;
  expect(forwardRows(model, new Float32Array(inputs), 1)).toHaveLength(model.members[0].layers.at(-1)?.outputs ?? 0);
  decodeSafetensors(encodeSafetensors(model), 'again');
}

const which = fc.nat({ max: files.length - 1 });
const numRuns = times(300, 10_000);

describe('model files', () => {
  it('with hostile values where others are expected', () => {
    fc.assert(
      fc.property(which, mutations, textChange, (legal, changes, change) => {
        const { header, data } = opened(files[legal]);
        expectHarmless(putTogether(changedText(JSON.stringify(closed(mutated(header, changes))), change), data));
      }),
      { seed: faultSeed, numRuns },
    );
    expect(seen.read).toBeGreaterThan(numRuns / 50);
    expect(seen.refused).toBeGreaterThan(numRuns / 2);
  });

  it('with other tensors than their header says', () => {
    const bytes = fc.record({ at: fc.nat(), value: fc.integer({ min: 0, max: 255 }) });
    fc.assert(
      fc.property(
        which,
        fc.array(bytes, { maxLength: 8 }),
        fc.integer({ min: -9, max: 9 }),
        (legal, changes, longer) => {
          const { header, data } = takeApart(files[legal]);
          const own = new Uint8Array(data.length + longer);
          own.set(data.subarray(0, own.length));
          for (const { at, value } of changes) own[at % own.length] = value;
          expectHarmless(putTogether(header, own));
        },
      ),
      { seed: faultSeed, numRuns },
    );
  });

  it('with bytes changed anywhere, and cut', () => {
    const change = fc.record({ at: fc.nat(), value: fc.integer({ min: 0, max: 255 }) });
    fc.assert(
      fc.property(which, fc.array(change, { maxLength: 4 }), fc.option(fc.nat()), (legal, changes, cut) => {
        const { length } = files[legal];
        const broken = files[legal].slice(0, cut === null ? length : cut % length);
        // Most of a file is its header.
        for (const { at, value } of changes) if (broken.length > 0) broken[at % broken.length] = value;
        expectHarmless(broken);
      }),
      { seed: faultSeed, numRuns },
    );
  });

  it('of random bytes and of any JSON', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.json(), (bytes, text) => {
        expectHarmless(bytes);
        expectHarmless(putTogether(text, bytes));
      }),
      { seed: faultSeed, numRuns },
    );
  });
});
