/** Why an .onnx file is no model: apart from what else is said of models, which the page loads at once. */
import { inEnglish, type Said } from '../../../util/message.ts';

export const onnx = {
  not_onnx: ({ source, why }: { source: string; why: Said }) => `${source} is not an ONNX file: ${inEnglish(why)}.`,
  onnx_cut: 'it ends within one of its fields; it may be cut short, so copy it again',
  onnx_field: 'it has a field of a kind that no such file has',
  onnx_text: 'one of its texts is not UTF-8',
  tensor_twice: ({ name }: { name: string }) => `it has two tensors ${name}`,
  onnx_of_others: 'it is an ONNX file that another program wrote; export gives one that can be read again',
};
