/** The view of a queue, where the page is served with one. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { offences } from '../support/axe.ts';
import { launch, withLab } from '../support/lab.ts';
import { busy, fitting, type ServedQueue, serveQueue, sweepOf } from '../support/queue.ts';

let browser: Browser;
let served: ServedQueue;
beforeAll(async () => {
  [browser, served] = await Promise.all([launch(), serveQueue()]);
});
afterAll(() => Promise.all([browser.close(), served.stop()]));

test('shows what the server tells, for as long as somebody looks', () =>
  withLab(
    browser,
    async (lab) => {
      const { page } = lab;
      const dialog = page.getByRole('dialog', { name: 'Queue' });
      await dialog.getByText('No sweep or fit is on this queue').waitFor();
      await dialog.getByText('npx perceptron-lab worker --queue redis://test:6379/0').waitFor();
      expect(await offences(page)).toEqual([]);

      served.tell({ status: busy }, { a: sweepOf(0, 12) });
      await dialog.getByText('Scores come here as trials end.').waitFor();
      served.tell(
        {},
        { a: sweepOf(9, 12), b: sweepOf(6, 6, { state: 'done', table: 'wine.csv', seconds_left: null }) },
      );
      await dialog.getByText('9 of 12 trials ended, epoch 7 of 10, 30.0 s, about 30 s left').waitFor();
      const rows = dialog.locator('lab-leaders tbody tr');
      expect(await rows.count()).toBe(6);
      const cells = await rows.first().locator('td').allTextContents();
      expect(cells.map((cell) => cell.trim())).toEqual(['1', 'relu', '0.001', '1.01 ± 0.010', '', '2']);
      await dialog.getByText('Job 1a2b3c4d, 3 attempts:').waitFor();
      await dialog.getByText('It ended.').waitFor();
      await dialog.getByText('version old: takes none of these jobs').waitFor();

      const chart = dialog.getByRole('img', { name: 'validation RMSE of 9 trials in the order in which they ended' });
      await chart.press('End');
      await dialog.getByText('ended as number 9').first().waitFor();
      await page.keyboard.press('Enter');
      await dialog.getByText('Chosen: activation relu, learning rate 0.1').waitFor();
      expect(await offences(page)).toEqual([]);

      await dialog.getByRole('button', { name: 'wine.csv: y' }).press('Enter');
      await dialog.getByText('Done: 6 trials in 30.0 s').waitFor();
      served.tell({}, { c: fitting });
      await dialog.getByRole('button', { name: 'houses.csv: price, fit' }).press('Enter');
      await dialog.getByText('24 networks trained, 7 of them in the model. 20.0 s, about 40 s left.').waitFor();
      await dialog.getByRole('img', { name: /^RMSE on held-out rows over seconds: 3.00 at first, 2.50 now/ }).waitFor();
      await page.setViewportSize({ width: 400, height: 860 });
      const pane = dialog.locator('.panes');
      expect(await pane.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
      expect(await offences(page)).toEqual([]);

      served.tell({ reachable: false, works: [{ id: 'a', away: true }] });
      await dialog.getByText('redis://test:6379/0 does not answer.').waitFor();
      await dialog.getByText('The command that sent it is silent.').waitFor();
      await served.stop();
      await dialog.getByText('The command that serves this page does not answer').waitFor();
      served.tell({ reachable: true });
      await served.start();
      await dialog.getByText('9 of 12 trials ended').first().waitFor();

      await page.keyboard.press('Escape');
      await expect.poll(() => served.listeners()).toBe(0);
      await lab.button('Results').click();
      await lab.button('Queue…').click();
      await expect.poll(() => served.listeners()).toBe(1);
    },
    {
      served: `${served.url}?queue`,
      expected: /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE/,
    },
  ));

test('is asked for nowhere else, and says where there is no queue', () =>
  withLab(
    browser,
    async (lab) => {
      const asked: string[] = [];
      lab.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
      await lab.page.reload();
      await lab.trains(1);
      expect(asked.filter((path) => /queue|watch/.test(path))).toEqual([]);
      expect(await lab.button('Queue…').count()).toBe(0);
      await lab.page.goto(`${lab.page.url().replace(/[?#].*/, '')}?queue`);
      await lab.page.getByText('This page is not served with a queue.').waitFor();
    },
    { expected: /404/ },
  ));
