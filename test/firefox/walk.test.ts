/** The page's main walk in a real Firefox, whose WebGPU is wgpu: train the sample on WebGPU, then predict a row. */
import type { Browser, ElementHandle, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { patience } from '../support/patience.ts';
import { launchFirefox } from './firefox.ts';

let firefox: Browser;
beforeAll(async () => {
  firefox = await launchFirefox();
});
afterAll(() => firefox?.close());

/** Opens the page with these settings, and lists what must not come about: errors, and requests to anybody else. */
async function open(link: string): Promise<{ page: Page; wrong: string[] }> {
  const page = await firefox.newPage();
  page.setDefaultTimeout(patience);
  await page.setViewport({ width: 1440, height: 900 });
  const url = new URL(`#${link}`, inject('labUrl'));
  const wrong: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') wrong.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => wrong.push(`page: ${error}`));
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol !== 'data:' && protocol !== 'blob:' && host !== url.host) wrong.push(`request: ${request.url()}`);
  });
  await page.goto(url.href);
  return { page, wrong };
}

/** What is at a selector, once it is there; `>>>` goes into shadow roots, whose changes Puppeteer's own waiting misses. */
async function find(page: Page, selector: string): Promise<ElementHandle<HTMLElement>> {
  await expect.poll(() => page.$(`>>> ${selector}`), { message: selector }).not.toBeNull();
  return (await page.$(`>>> ${selector}`)) as ElementHandle<HTMLElement>;
}

async function text(page: Page, selector: string): Promise<string> {
  return (await find(page, selector)).evaluate((shown) => shown.textContent?.trim() ?? '');
}

/** Trains the sample to the end of its epochs, then predicts the row x = -1.5. */
async function walk(engine: 'webgpu' | 'cpu'): Promise<{ engine: string; error: number; answer: number }> {
  const { page, wrong } = await open(`engine=${engine}&epochs=100`);
  const state = async () => (await find(page, '.page')).evaluate((shown) => shown.dataset.state);
  await expect.poll(state).toMatch(/done|failed|diverged/);
  expect(await text(page, '#outcome')).toBe('Trained all 100 epochs.');
  await (await find(page, 'lab-predict >>> summary')).click();
  await text(page, '#answer');
  const input = await find(page, 'lab-predict-field[data-column=x] >>> input[inputmode]');
  await input.click({ count: 3 });
  await input.type('-1.5');
  const number = (shown: string) => Number(shown.replace('−', '-'));
  // At the middle of the table the curve is far from where it is here.
  const near = async () => number(await text(page, '#answer'));
  await expect.poll(near).toBeLessThan(-1);
  const walked = {
    engine: await text(page, 'lab-results >>> #engine'),
    error: number(await text(page, '#headline')),
    answer: await near(),
  };
  expect(wrong).toEqual([]);
  await page.close();
  return walked;
}

it('trains the sample curve on WebGPU and predicts, with the numbers of the CPU', async () => {
  const gpu = await walk('webgpu');
  expect(gpu.engine).toContain('WebGPU');
  // The baseline is 0.83.
  expect(gpu.error).toBeLessThan(0.3);
  const cpu = await walk('cpu');
  expect(cpu.engine).toContain('CPU');
  expect(Math.abs(gpu.error - cpu.error)).toBeLessThanOrEqual(0.01 * cpu.error);
  expect(Math.abs(gpu.answer - cpu.answer)).toBeLessThanOrEqual(0.01 * Math.abs(cpu.answer));
});
