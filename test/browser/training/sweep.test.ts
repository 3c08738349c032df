/** Sweeps in the page: put together, trained, watched, judged, taken away. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkSweep, listConfigurations } from '../../../src/sweep/definition/definition.ts';
import type { LeaderboardEntry } from '../../../src/sweep/results/types.ts';
import { offences } from '../support/axe.ts';
import { launch, withLab } from '../support/lab.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

describe('a sweep', () => {
  it('trains every combination, and what came of it can be used and taken away', async () => {
    await withLab(browser, async (lab) => {
      const { page } = lab;
      await lab.draftsSweep(['model.activation', 'training.optimizer.learning_rate']);
      const dialog = page.getByRole('dialog', { name: 'Sweep' });
      await dialog.getByLabel('Seeds').fill('2');
      await dialog.getByLabel('Seeds').press('Enter');
      await dialog.getByText('9 combinations × 2 seeds = 18 trials').waitFor();
      await dialog.getByText(/^About [\d.]+ s on the CPU\.$/).waitFor();
      expect(await offences(page)).toEqual([]);
      await lab.button('Train all').click();
      await dialog.getByText(/^Done: 18 trials/).waitFor();
      await expect.poll(() => page.locator('lab-leaders tbody tr').count()).toBe(9);
      expect(await offences(page)).toEqual([]);
      const means = await page.locator('lab-leaders td.score').allTextContents();
      const numbers = means.map((text) => Number.parseFloat(text));
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
      expect(means[0]).toMatch(/^[\d.]+ ± [\d.]+$/);

      const csv = (await lab.download('trials.csv')).bytes.toString().trim().split('\n');
      expect(csv.length).toBe(19);
      const [saved] = [JSON.parse((await lab.download('sweep.json')).bytes.toString())];
      expect(saved.leaderboard[0].metrics.validation.rmse.mean).toBeCloseTo(numbers[0], 2);
      const ties = saved.leaderboard.filter((leader: LeaderboardEntry) => leader.versus_best?.told_apart === false);
      expect(await page.getByRole('img', { name: 'not told apart from the best' }).count()).toBe(ties.length);
      await dialog.getByText(ties.length > 0 ? `≈ marks ${ties.length} of 8` : 'Told apart from the best').waitFor();
      await dialog.getByRole('radio', { name: 'Losses' }).press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await page.locator('lab-multiples').waitFor();
      await page.keyboard.press('ArrowRight');
      const parallel = page.getByRole('img', { name: /^9 combinations as lines through Activation, Learning rate, / });
      await parallel.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      expect(await offences(page)).toEqual([]);
      await page.keyboard.press('Enter');
      await expect.poll(() => page.locator('lab-leaders tbody tr').nth(1).getAttribute('class')).toBe('chosen');
      await page.locator('lab-leaders tbody tr').first().click();

      const report = (await lab.download('report.html')).bytes.toString().replace(/<[^>]*>/g, '');
      expect(report).toContain('18 trials');
      // A sample keeps its own settings of the data.
      expect(report).toMatch(/perceptron-lab sweep curve\.csv sweep\.json --target y .*--numeric scale .*--out sweep/);
      expect((await lab.download('Model')).bytes.length).toBeGreaterThan(1000);

      await lab.button('Predict with its model').click();
      await page.getByText('With activation').waitFor();
      await page.locator('#answer').waitFor();
      await lab.button('Sweep…').click();
      const best = saved.leaderboard[0].settings;
      await lab.button('Use these settings').click();
      await page.keyboard.press('Escape');
      const taken = () => lab.field('trial.model.activation').getByRole('combobox').inputValue();
      await expect.poll(taken).toBe(best['model.activation']);
    });
  });

  it('holds the run while it trains, is ended by hand, and lets the run go on', async () => {
    await withLab(browser, async (lab) => {
      await lab.trainsLong();
      await lab.trains(2);
      await lab.button('Sweep…').click();
      const dialog = lab.page.getByRole('dialog', { name: 'Sweep' });
      await dialog.getByText('= 5 trials').waitFor();
      await lab.button('Train all').click();
      await lab.reaches('paused');
      await dialog.getByText(/^0 of 5 trials ended, epoch [1-9]/).waitFor();
      await lab.button('Stop').click();
      await dialog.getByText(/^Ended by hand: 5 trials/).waitFor();
      await lab.reaches('running');
      await lab.trains((await lab.epoch()) + 2);
    });
  });

  it('trains random draws, the same as the sweep file says', async () => {
    await withLab(browser, async (lab) => {
      await lab.draftsSweep(['training.optimizer.learning_rate', 'model.activation']);
      const dialog = lab.page.getByRole('dialog', { name: 'Sweep' });
      await dialog.getByLabel('What is tried').selectOption('Random draws');
      await dialog.getByLabel('Draws', { exact: true }).fill('7');
      await dialog.getByLabel('Draws', { exact: true }).press('Enter');
      await dialog.getByLabel('Seeds').fill('2');
      await dialog.getByLabel('Seeds').press('Enter');
      await dialog.getByText('7 draws × 2 seeds = 14 trials').waitFor();
      expect(await offences(lab.page)).toEqual([]);
      await dialog.getByText('On the command line').click();
      const file = JSON.parse((await dialog.locator('#definition').textContent()) ?? '');
      await lab.button('Train all').click();
      await dialog.getByText(/^Done: 14 trials/).waitFor();
      const saved = JSON.parse((await lab.download('sweep.json')).bytes.toString());
      const settings = saved.trials.filter((_: unknown, index: number) => index % 2 === 0);
      expect(settings.map((trial: { settings: object }) => trial.settings)).toEqual(
        listConfigurations(checkSweep(file)).map((cell) => cell.settings),
      );
    });
  });

  it('is there after a reload, with its board, its charts and its files', () =>
    withLab(browser, async (lab) => {
      const { page } = lab;
      await lab.draftsSweep(['training.batch_size']);
      await lab.button('Train all').click();
      const dialog = page.getByRole('dialog', { name: 'Sweep' });
      await dialog.getByText(/^Done: /).waitFor();
      const board = () => page.locator('lab-leaders tbody').textContent();
      const [before, csv] = [await board(), (await lab.download('trials.csv')).bytes.toString()];
      await page.reload();
      await lab.button('Sweep…').click();
      await dialog.getByText(/^Done: /).waitFor();
      expect(await board()).toBe(before);
      expect(await offences(page)).toEqual([]);
      expect((await lab.download('trials.csv')).bytes.toString()).toBe(csv);
      await dialog.getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('button', { name: 'Undo' }).waitFor();
    }));

  it('refuses in one line what is too large or cannot be', async () => {
    await withLab(browser, async (lab) => {
      await lab.draftsSweep(['training.optimizer.learning_rate']);
      const dialog = lab.page.getByRole('dialog', { name: 'Sweep' });
      await dialog.getByLabel('Seeds').fill('900');
      await dialog.getByLabel('Seeds').press('Enter');
      await dialog.getByText(/The sweep has 2\u202f700 trials, more than 1\u202f000/).waitFor();
      await expect.poll(() => lab.button('Train all').isDisabled()).toBe(true);
      await dialog.getByLabel('Learning rate: from').fill('1');
      await dialog.getByLabel('Learning rate: from').press('Enter');
      await dialog.getByText('From has to be below to.').waitFor();
    });
  });

  it('is told aloud at its milestones, not with every epoch', () =>
    withLab(browser, async (lab) => {
      await lab.draftsSweep(['training.batch_size'], '200');
      const said = lab.page.locator('lab-sweep section p[role=status].unseen:not(#spoken)');
      const heard = said.evaluate(
        (line) =>
          new Promise<string[]>((resolve) => {
            const all: string[] = [];
            const note = () => {
              const words = line.textContent ?? '';
              if (words !== all.at(-1)) all.push(words);
              if (words === 'The sweep is done.') resolve(all);
            };
            new MutationObserver(note).observe(line, { childList: true, characterData: true, subtree: true });
            note();
          }),
      );
      await lab.button('Train all').click();
      const words = await heard;
      expect(words.length).toBeLessThanOrEqual(6);
      for (const sentence of words) {
        expect(sentence).toMatch(
          /^(The sweep starts|Training \d+ trials|(25|50|75) % of the sweep is trained|The sweep is done)\.$/,
        );
      }
    }));

  it('is selected to be copied where there is no clipboard, as on a page of plain http', () =>
    withLab(
      browser,
      async (lab) => {
        await lab.draftsSweep(['training.batch_size']);
        await lab.page.getByText('On the command line').click();
        await lab.button('Copy command').click();
        await lab.page.getByText('It is selected: press Ctrl and C').waitFor();
        const settings = lab.page.locator('lab-sweep-settings');
        const selected = settings.evaluate(({ shadowRoot }) =>
          String((shadowRoot as unknown as { getSelection(): Selection }).getSelection()),
        );
        expect((await selected).trim()).toBe((await settings.locator('#command').textContent())?.trim());
      },
      {
        prepare: (page) =>
          page.addInitScript(() =>
            Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined }),
          ) as Promise<unknown> as Promise<void>,
      },
    ));
});
