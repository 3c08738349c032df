/** The page's main walk in WebKit, which has no WebGPU here: train the sample on the CPU, then predict a row. */
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { launchWebKit, type WebKit } from './webkit.ts';

let webkit: WebKit;
beforeAll(async () => {
  webkit = await launchWebKit();
});
afterAll(() => webkit?.close());

/** The first element at a selector, in whatever shadow root; after `>>>` it is looked for within the one before. */
const first = `
  const within = (root, selector) => root.querySelector(selector) ?? [...root.querySelectorAll('*')].reduce(
    (found, { shadowRoot }) => found ?? (shadowRoot && within(shadowRoot, selector)), null);
  const found = selector.split('>>>').reduce(
    (found, part) => found && within(found.shadowRoot ?? found, part), document);`;

async function find(selector: string): Promise<unknown> {
  const found = () => webkit.evaluate(`const [selector] = arguments;${first} return found;`, selector);
  await expect.poll(found, { message: selector }).not.toBeNull();
  return found();
}

const text = (selector: string) =>
  webkit.evaluate(`const [selector] = arguments;${first} return found?.textContent.trim() ?? '';`, selector);

it('trains the sample curve on the CPU, with threads, and predicts', async () => {
  await webkit.open(new URL('#engine=cpu&epochs=100', inject('labUrl')).href);
  await webkit.evaluate(`
    globalThis.wrong = [];
    addEventListener('error', ({ message }) => wrong.push(message));
    addEventListener('unhandledrejection', ({ reason }) => wrong.push(String(reason)));
    document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => wrong.push(violatedDirective));`);
  const state = () => webkit.evaluate(`const selector = '.page';${first} return found?.dataset.state ?? '';`);
  await expect.poll(state).toMatch(/done|failed|diverged/);
  expect(await text('#outcome')).toBe('Trained all 100 epochs.');
  expect(await text('#engine')).toContain('CPU');
  const number = (shown: unknown) => Number(String(shown).replace('−', '-'));
  // The baseline is 0.83.
  expect(number(await text('#headline'))).toBeLessThan(0.3);
  await webkit.click(await find('lab-predict >>> summary'));
  const input = await find('lab-predict-field[data-column=x] >>> input[inputmode]');
  await webkit.evaluate('arguments[0].select();', input);
  await webkit.type(input, '-1.5');
  await expect.poll(async () => number(await text('#answer'))).toBeLessThan(-1);
  expect(await webkit.evaluate('return [crossOriginIsolated, wrong];')).toEqual([true, []]);
});
