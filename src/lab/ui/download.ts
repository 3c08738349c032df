/** Hands a file to the person. */
export function download(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  // The browser has taken hold of the content by the next task or two; a minute is on the safe side.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
