/** Which settings a run has from the model that it goes on training, and which are asked for as ever. */

/** What a model leaves open of the data. */
const open = ['split', 'weights', 'class_weights'];

/** Whether a setting follows from the model: its columns and what prepares them, its network, its loss. */
export function followsFromModel(part: 'trial' | 'data', path: string): boolean {
  if (part === 'trial') return path.startsWith('model.') || path === 'training.loss';
  return !open.some((name) => path === name || path.startsWith(`${name}.`));
}
