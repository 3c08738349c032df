/** A model from its file: apart from what trains, which reads none. */
import { createModel, type Model } from '../model.ts';
import { decodeSafetensors } from './safetensors.ts';

/** @throws InputError that says what is wrong with the file. */
export function loadModel(bytes: Uint8Array, source = 'model'): Model {
  return createModel(decodeSafetensors(bytes, source));
}
