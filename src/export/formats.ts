/** The formats that a model can leave in. The code of each is loaded when it is asked for. */
import type { ModelData } from '../model/model-data.ts';
import type { ExportedFile, ExportOptions } from './description.ts';

type Write = (model: ModelData, options: ExportOptions) => ExportedFile[] | Promise<ExportedFile[]>;

const formats = {
  onnx: async () => (await import('./onnx/onnx.ts')).onnxFiles,
  c: async () => (await import('./c/c.ts')).cFiles,
  card: async () => (await import('./card/card.ts')).cardFiles,
  js: async () => (await import('./javascript/javascript.ts')).javascriptFiles,
  json: async () => (await import('./json.ts')).jsonFiles,
  python: async () => (await import('./python/python.ts')).pythonFiles,
  pytorch: async () => (await import('./pytorch/pytorch.ts')).pytorchFiles,
} satisfies Record<string, () => Promise<Write>>;

/** The formats of other programs, a model card among them. */
export type ExportFormat = keyof typeof formats;
export const exportFormats = Object.keys(formats) as ExportFormat[];

/**
 * The files of a model in a format.
 * @throws InputError where the level of intervals that was asked for cannot be had, or the format cannot hold the model
 */
export async function exportModel(
  model: ModelData,
  format: ExportFormat,
  options: ExportOptions = {},
): Promise<ExportedFile[]> {
  const write: Write = await formats[format]();
  return write(model, options);
}
