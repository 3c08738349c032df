import { emit } from './emit.ts';

/** Hands a file to the person. */
export function download(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  // The browser has taken hold of the content by the next task or two; a minute is on the safe side.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

declare global {
  interface HTMLElementEventMap {
    /** A model is to be saved in the format that a person chooses; the page hears it on its body. */
    'model-offer': CustomEvent<{ name: string; bytes: Uint8Array }>;
  }
}

/** @param name without its ending @param bytes of the model's own file */
export function offerModel(name: string, bytes: Uint8Array): void {
  emit(document.body, 'model-offer', { name, bytes });
}
