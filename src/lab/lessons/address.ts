/** The lesson in the page's address: `?lesson=xor&step=2`. A reload, and who is given the address, goes on there. */

export interface AskedLesson {
  /** Of a lesson of the page, or the address of a file. */
  name: string;
  /** From 0. */
  step: number;
}

export function lessonIn(search: string): AskedLesson | undefined {
  const words = new URLSearchParams(search);
  const name = words.get('lesson');
  const step = Number(words.get('step') ?? 1) - 1;
  return name ? { name, step: Number.isInteger(step) ? Math.max(0, step) : 0 } : undefined;
}

export function withLesson(address: string, asked: AskedLesson | undefined): string {
  const url = new URL(address);
  url.searchParams.delete('lesson');
  url.searchParams.delete('step');
  if (asked) url.searchParams.set('lesson', asked.name);
  if (asked && asked.step > 0) url.searchParams.set('step', String(asked.step + 1));
  return url.href;
}
