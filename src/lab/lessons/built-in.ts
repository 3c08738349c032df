/** The lessons that come with the page: files like any other (`data/lessons/`), in the order of the list. */
import activations from '../../../data/lessons/activations.json?raw';
import batches from '../../../data/lessons/batches.json?raw';
import gradients from '../../../data/lessons/gradients.json?raw';
import optimizers from '../../../data/lessons/optimizers.json?raw';
import or from '../../../data/lessons/or.json?raw';
import xor from '../../../data/lessons/xor.json?raw';
import { type Lesson, parseLesson } from './read.ts';

const texts: Record<string, string> = { or, xor, activations, optimizers, batches, gradients };

export interface BuiltIn {
  /** As in an address: `?lesson=xor`. */
  name: string;
  lesson: Lesson;
}

export const builtIn: readonly BuiltIn[] = Object.entries(texts).map(([name, text]) => ({
  name,
  lesson: parseLesson(text, `${name}.json`),
}));
