/** What the lab finds around it: a GPU or none, a narrow screen; and what leaves it: files. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import sample from '../../../data/curve.csv?raw';
import { readCsv } from '../../../src/data/read/csv.ts';
import { textOf } from '../../../src/data/table/table.ts';
import { toJson } from '../../../src/export/json.ts';
import { browserArguments } from '../../../src/machine/browser.ts';
import { loadModel } from '../../../src/model/file/load-model.ts';
import { offences } from '../support/axe.ts';
import { launch, withLab } from '../support/lab.ts';
import { insecureHost } from '../support/setup.ts';

function sampleRows(): { x: number; y: number }[] {
  return sample
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').map(Number))
    .map(([x, y]) => ({ x, y }));
}

let browser: Browser;
/** One with WebGPU, on a software adapter: slow at drawing, so for tests that need it alone. */
let gpu: Browser;
beforeAll(async () => {
  [browser, gpu] = await Promise.all([launch(), launch(browserArguments)]);
});
afterAll(() => Promise.all([browser.close(), gpu.close()]));

test('WebGPU trains when it is asked for, and a software adapter is called that', () =>
  withLab(gpu, async (lab) => {
    await lab.trains(1);
    await lab.page.locator('lab-engine select').selectOption('webgpu');
    await lab.compilesQuickly();
    await lab.restart();
    await lab.page.locator('lab-results #engine', { hasText: 'WebGPU' }).waitFor();
    await lab.trains(2);
    expect(await lab.page.locator('lab-results #engine').textContent()).toContain('software adapter');
  }));

describe('a browser without WebGPU', () => {
  let without: Browser;
  beforeAll(async () => {
    const { hostname } = new URL(inject('labUrl'));
    without = await launch(['--no-sandbox', `--host-resolver-rules=MAP ${insecureHost} ${hostname}`]);
  });
  afterAll(() => without.close());

  test('says so in a sentence and trains on the CPU', () =>
    withLab(
      without,
      async (lab) => {
        await lab.reaches('done');
        await lab.page
          .locator('lab-engine')
          .getByText('This browser has no WebGPU; training runs on the CPU.', { exact: true })
          .waitFor();
        expect(await lab.page.locator('lab-results #engine').textContent()).toContain('CPU');
        expect(await lab.headline()).toBeLessThan(0.2);
      },
      { host: insecureHost, expected: /Cross-Origin-Opener-Policy/ },
    ));

  test('or without an adapter for it; WebGPU by name is refused beside the choice', () =>
    withLab(without, async (lab) => {
      await lab.trains(1);
      await lab.page.locator('lab-engine #presence', { hasText: 'found no adapter' }).waitFor();
      await lab.page.locator('lab-engine select').selectOption('webgpu');
      await lab.button('Restart').click();
      await lab.page.locator('lab-engine .problem', { hasText: 'choose cpu' }).waitFor();
      await lab.reaches('done');
    }));
});

test('at 400 px nothing scrolls sideways and the sheets open from the bottom bar', () =>
  withLab(
    browser,
    async (lab) => {
      // With everything there that the page comes to show.
      await lab.reaches('done');
      for (const part of ['lab-fit canvas', 'lab-losses .plot canvas']) await lab.page.locator(part).waitFor();
      const sideways = () =>
        lab.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(await sideways()).toBe(0);
      for (const name of ['Settings', 'Results']) {
        const sheet = lab.page.getByRole('dialog', { name });
        expect(await sheet.isVisible()).toBe(false);
        await lab.button(name).click();
        await sheet.waitFor();
        expect(await sideways()).toBe(0);
        await lab.page.keyboard.press('Escape');
        await sheet.waitFor({ state: 'hidden' });
      }
      await lab.restart('Train again');
      await lab.trains(1);
    },
    { viewport: { width: 400, height: 860 } },
  ));

test('what is downloaded can be read again', () =>
  withLab(browser, async (lab) => {
    await lab.reaches('done');
    const saved = await lab.download(/Download model/);
    expect(saved.name).toBe('model.safetensors');
    const model = loadModel(saved.bytes, saved.name);
    // What its card says of how good it is.
    expect(model.origin.metrics).toMatchObject({ test: { rmse: expect.any(Number) } });
    await lab.button('Export model…').first().click();
    const dialog = lab.page.getByRole('dialog', { name: 'Export the model' });
    await lab.page.getByRole('radio', { name: 'JSON' }).check();
    expect(await offences(lab.page)).toEqual([]);
    const exported = await lab.download('Save');
    expect(exported.name).toBe('model.json');
    expect(exported.bytes.toString()).toBe(toJson(model));
    await dialog.waitFor({ state: 'hidden' });
    const [predicted] = model.predict(await readCsv('x\n-1.5\n1.5\n'));
    expect(predicted.name).toBe('predicted_y');
    const near = ({ x }: { x: number }) => Math.abs(x - -1.5) < 0.1;
    const there = sampleRows().filter(near);
    const mean = there.reduce((sum, { y }) => sum + y, 0) / there.length;
    expect(Math.abs(Number(textOf(predicted, 0)) - mean)).toBeLessThan(0.15);

    const history = await lab.download(/Download history/);
    const lines = history.bytes.toString().trim().split('\n');
    expect(lines[0]).toBe('epoch,train_loss,validation_loss,mse,rmse,mae,r2,seconds');
    expect(lines).toHaveLength(201);
  }));
