/** Whether the page is served with a queue: `perceptron-lab serve --queue` says so in the address that it opens, and nothing is asked. */
export function watchesQueue(search: string): boolean {
  return new URLSearchParams(search).has('queue');
}
