/**
 * Where lessons come from: those of the page, which are files like any other (`data/lessons/`), and what lies beside it, lessons
 * and their tables, from its own host alone.
 */
import activations from '../../../data/lessons/activations.json?raw';
import batches from '../../../data/lessons/batches.json?raw';
import gradients from '../../../data/lessons/gradients.json?raw';
import optimizers from '../../../data/lessons/optimizers.json?raw';
import or from '../../../data/lessons/or.json?raw';
import xor from '../../../data/lessons/xor.json?raw';
import { lessons } from '../../messages/en/lessons.ts';
import { page } from '../../messages/en/page.ts';
import { InputError, saidBy } from '../../util/errors.ts';
import { message, type Said } from '../../util/message.ts';
import { type Lesson, parseLesson, readLesson, refused } from './read.ts';

const texts: Record<string, string> = { or, xor, activations, optimizers, batches, gradients };

export interface BuiltIn {
  /** As in an address: `?lesson=xor`. */
  name: string;
  lesson: Lesson;
}

/** In the order of the list. */
export const builtIn: readonly BuiltIn[] = Object.entries(texts).map(([name, text]) => ({
  name,
  lesson: parseLesson(text, `${name}.json`),
}));

export interface FoundLesson {
  lesson: Lesson;
  /** What addresses of tables are relative to. */
  base: URL;
}

/** @param name of a lesson of the page, or the address of a file. @throws InputError */
export async function findLesson(name: string): Promise<FoundLesson> {
  const here = new URL(location.href);
  const own = builtIn.find((one) => one.name === name);
  if (own) return { lesson: own.lesson, base: here };
  if (!/[./]/.test(name)) {
    throw refused(name, message(lessons, 'lesson_unknown', { name, choices: builtIn.map((one) => one.name) }));
  }
  try {
    const { url, blob } = await fetched(name, here);
    return { lesson: await readLesson(blob, fileNameOf(url)), base: url };
  } catch (error) {
    if (!(error instanceof InputError) || error.code === 'lesson_refused') throw error;
    throw refused(name, saidBy(error));
  }
}

/** @throws InputError */
export async function fetchTable(link: string, base: URL): Promise<File> {
  const { url, blob } = await fetched(link, base);
  return new File([blob], fileNameOf(url), { type: blob.type });
}

export function fileNameOf({ pathname }: URL): string {
  const name = pathname.slice(pathname.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name) || 'table';
  } catch {
    // A percent sign that stands for itself.
    return name;
  }
}

async function fetched(address: string, base: URL): Promise<{ url: URL; blob: Blob }> {
  const url = URL.canParse(address, base.href) ? new URL(address, base) : undefined;
  if (url?.origin !== location.origin) throw new InputError(message(lessons, 'lesson_elsewhere', { address }));
  const failed = (why: Said) => new InputError(message(lessons, 'lesson_unfetched', { address, why }));
  try {
    // A redirection to another host fails, too.
    const response = await fetch(url, { mode: 'same-origin' });
    if (!response.ok) throw failed(message(page, 'response_status', { status: response.status }));
    return { url, blob: await response.blob() };
  } catch (error) {
    if (error instanceof InputError) throw error;
    // Which words a browser has for it differs.
    throw failed(error instanceof TypeError ? message(page, 'server_unreached') : saidBy(error));
  }
}
