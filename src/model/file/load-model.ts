/** A model from its file: apart from what trains, which reads none. */
import { createModel, type Model } from '../model.ts';
import { decodeModel } from './safetensors.ts';

/**
 * @param bytes of a .safetensors file, or of an .onnx file that this program wrote
 * @throws InputError that says what is wrong with the file
 */
export function loadModel(bytes: Uint8Array, source = 'model'): Model {
  return createModel(decodeModel(bytes, source));
}
