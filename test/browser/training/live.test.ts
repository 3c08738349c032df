/** Changes while a run trains: the learning rate and the regularisation go into it without a new start. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { browserArguments } from '../../../src/machine/browser.ts';
import { type Lab, launch, withLab } from '../support/lab.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const rate = 'trial.training.optimizer.learning_rate';
const chart = (lab: Lab) => lab.page.locator('lab-losses .plot');
const unchanged = (lab: Lab, path: string) => lab.field(path).and(lab.page.locator(':not([changed])')).waitFor();
/** A field that is not changed yet looks like one whose change the run has taken on: the chart is what tells. */
const taken = (lab: Lab, words: string) => lab.page.locator(`lab-losses .plot[aria-label*="${words}"]`).waitFor();

/** A run that does not end within the test. */
async function startLong(lab: Lab): Promise<void> {
  await lab.trainsLong();
  await unchanged(lab, 'trial.training.epochs');
  await lab.trains(20);
}

test('a learning rate that is changed while the run trains goes into it: the epochs go on, and the chart says where', () =>
  withLab(browser, async (lab) => {
    await startLong(lab);
    const before = await lab.epoch();
    await lab.fill(rate, '0.0003');
    await taken(lab, 'Changed:');
    expect(await lab.epoch()).toBeGreaterThanOrEqual(before);
    await unchanged(lab, rate);
    const [, epoch] =
      /Changed: learning rate 0\.001 → 0\.0003 from epoch ([\d\u202f]+)\./.exec(
        (await chart(lab).getAttribute('aria-label')) ?? '',
      ) ?? [];
    expect(Number(epoch?.replaceAll('\u202f', ''))).toBeGreaterThan(before);
    await lab.trains((await lab.epoch()) + 20);
    await lab.reaches('running');
    expect(await lab.button('Restart').isVisible()).toBe(false);
  }));

test('the regularisation too, and while it is paused; a new run begins with it', () =>
  withLab(browser, async (lab) => {
    await startLong(lab);
    await lab.button('Pause').click();
    await lab.reaches('paused');
    const held = await lab.epoch();
    await lab.page.getByText('More settings').click();
    await lab.fill('trial.training.l2', '0.01');
    await lab.fill('trial.training.clip_norm', '0.5');
    await taken(lab, 'clip norm off → 0.5');
    expect(await chart(lab).getAttribute('aria-label')).toContain('L2 0 → 0.01 from epoch');
    await lab.fill('trial.training.clip_norm', '');
    await lab.page.locator('lab-losses .plot:not([aria-label*="clip norm"])').waitFor();
    await unchanged(lab, 'trial.training.l2');
    // What cannot go live waits for a restart, and does not hold up what can.
    await lab.fill('trial.training.seed', '11');
    await lab.fill(rate, '0.002');
    await taken(lab, 'learning rate 0.001 → 0.002');
    await lab.page.getByText('1 change not in the run yet').waitFor();
    await lab.button('Discard').click();
    await lab.button('Train').click();
    await lab.trains(held + 10);
    await lab.button('Reset').click();
    await lab.reaches('ready');
    await lab.page.locator('lab-losses .plot:not([aria-label*="Changed"])').waitFor();
    expect(await lab.field('trial.training.l2').getByRole('textbox').inputValue()).toBe('0.01');
    await unchanged(lab, 'trial.training.l2');
  }));

test('a slider that is moved is one change', () =>
  withLab(browser, async (lab) => {
    await startLong(lab);
    const slider = lab.field(rate).getByRole('slider');
    // In one go, as a pointer does: how quickly a loaded machine presses keys is not what is tested.
    await slider.evaluate((input: HTMLInputElement) => {
      for (let step = 0; step < 5; step++) {
        input.stepUp();
        input.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
      }
    });
    await taken(lab, 'learning rate 0.001 → ');
    await lab.trains((await lab.epoch()) + 20);
    await unchanged(lab, rate);
    expect((await chart(lab).getAttribute('aria-label'))?.match(/learning rate/g)).toHaveLength(1);
    await lab.reaches('running');
  }));

test('another optimizer waits for a restart with its numbers; going back leaves the run as it is', () =>
  withLab(browser, async (lab) => {
    await startLong(lab);
    await lab.fill(rate, '0.002');
    await taken(lab, 'learning rate 0.001 → 0.002');
    await lab.choose('trial.training.optimizer.kind', 'sgd');
    await lab.fill(rate, '0.05');
    await lab.field(rate).and(lab.page.locator('[changed]')).waitFor();
    await lab.choose('trial.training.optimizer.kind', 'adam');
    await unchanged(lab, rate);
    // A change that goes into the run is in the chart a few epochs later.
    await lab.trains((await lab.epoch()) + 20);
    expect(await lab.field(rate).getByRole('textbox').inputValue()).toBe('0.002');
    expect((await chart(lab).getAttribute('aria-label'))?.match(/learning rate/g)).toHaveLength(1);
  }));

test('what the run cannot take on says why and waits for a restart', async () => {
  const gpu = await launch(browserArguments);
  onTestFinished(() => gpu.close());
  await withLab(gpu, async (lab) => {
    await lab.trains(1);
    await lab.page.getByText('More settings').click();
    await lab.page.locator('lab-engine select').selectOption('webgpu');
    await lab.choose('trial.training.optimizer.kind', 'sgd');
    await lab.compilesQuickly();
    await lab.fill('trial.training.epochs', '10000000');
    await lab.restart();
    await lab.page.locator('lab-results #engine', { hasText: 'WebGPU' }).waitFor();
    await lab.trains(2);
    const momentum = 'trial.training.optimizer.momentum';
    await lab.fill(momentum, '0.5');
    await lab
      .field(momentum)
      .getByRole('button', { name: /this run began without momentum.*Go back to 0/ })
      .waitFor();
    // It does not stand in the way of what the run can take on.
    await lab.fill(rate, '0.02');
    await lab.page.locator('lab-losses .plot[aria-label*="learning rate 0.01 → 0.02"]').waitFor();
    await unchanged(lab, rate);
    await lab.page.getByText('1 change not in the run yet').waitFor();
    await lab.restart();
    await unchanged(lab, momentum);
    await lab.fill(momentum, '0.6');
    await lab.page.locator('lab-losses .plot[aria-label*="momentum 0.5 → 0.6"]').waitFor();
  });
});
