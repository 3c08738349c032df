/** What somebody prefers in this browser. Where it refuses storage, a preference holds until the page is closed. */

export function preference(name: string): string | undefined {
  try {
    return localStorage.getItem(name) ?? undefined;
  } catch (error) {
    console.info('What is preferred is not known:', error);
    return undefined;
  }
}

export function prefer(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch (error) {
    console.info('What is preferred is not remembered:', error);
  }
}
