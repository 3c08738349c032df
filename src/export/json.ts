/** The description of a model as JSON, for programs in any language: `description.ts` says what each part means. */
import type { ModelData } from '../model/model-data.ts';
import { describeModel, type ExportedFile, type ExportOptions } from './description.ts';

export function jsonFiles(model: ModelData, options: ExportOptions): ExportedFile[] {
  return [{ name: 'model.json', bytes: new TextEncoder().encode(toJson(model, options)) }];
}

/** Tensors are lists of numbers, each in the fewest digits that float32 needs. */
export function toJson(model: ModelData, options: ExportOptions = {}): string {
  const text = JSON.stringify(describeModel(model, options), (_, value: unknown) => {
    if (!(value instanceof Float32Array)) return value;
    return Array.from(value, shortest);
  });
  return `${text}\n`;
}

/** The number of the fewest digits that is the same float32. */
function shortest(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(9));
}
