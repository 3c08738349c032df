/** The description of a model as JSON, for programs in any language: `description.ts` says what each part means. */
import type { ModelData } from '../model/model-data.ts';
import { describeModel, type ExportedFile, type ExportOptions } from './description.ts';
import { shortest } from './float32.ts';

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
