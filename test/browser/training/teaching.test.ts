/** Lessons as files and links, and a page that shows chosen panels only. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { offences, offencesOfColours } from '../support/axe.ts';
import { type Lab, launch, withLab } from '../support/lab.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const at = (words: string) => new URL(words, inject('labUrl')).href;

const settings = { model: { hidden: [4] }, training: { epochs: 20 } };
const step = { title: 'First', text: 'Look at the curve.', settings };
const lesson = {
  format: 'perceptron-lab lesson',
  version: 1,
  title: 'A lesson of mine',
  table: { sample: 'curve' },
  steps: [step, { ...step, title: 'Second', settings: { model: { hidden: [5] }, training: { epochs: 10 } } }],
};

const region = (lab: Lab) => lab.page.getByRole('region', { name: 'Lesson' });
const hidden = (lab: Lab) => lab.field('trial.model.hidden').getByRole('textbox').inputValue();
const openFile = (lab: Lab, text: string, name = 'mine.json') => lab.openCsv(name, text);

/** Drops a file onto the page that begins with this text and has so many characters more. */
const drops = (lab: Lab, text: string, more = 0) =>
  lab.page.evaluate(
    ([text, more]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text, ' '.repeat(more)], 'mine.json'));
      document.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }));
    },
    [text, more] as const,
  );

/** Answers for files beside the page that a site might have. */
const serves = (files: Record<string, object | string>) => async (page: Page) => {
  for (const [path, content] of Object.entries(files)) {
    const body = typeof content === 'string' ? content : JSON.stringify(content);
    await page.route(at(path), (route) => route.fulfill({ body }));
  }
};

/** A service worker would ask for the files by itself. */
const served = (words: string, files: Record<string, object | string> = {}) => ({
  served: at(words),
  serviceWorkers: 'block' as const,
  prepare: serves(files),
});

test('a lesson is opened like a table, and its goal has to be reached', () =>
  withLab(browser, async (lab) => {
    await lab.trains(1);
    const slow = { ...settings, training: { epochs: 1_000_000, optimizer: { kind: 'sgd', learning_rate: 1e-9 } } };
    const steps = [{ ...step, settings: slow, wait: { kind: 'end' } }, lesson.steps[1]];
    await lab.begins(() => openFile(lab, JSON.stringify({ ...lesson, steps })));
    const shown = region(lab);
    await shown.getByText('A lesson of mine · 1 of 2').waitFor();
    await shown.getByText('Goal: the end of the run').waitFor();
    const next = shown.getByRole('button', { name: 'Next: Second' });
    expect(await next.isDisabled()).toBe(true);
    await lab.fill('trial.training.epochs', '5');
    await lab.restart();
    await shown.getByText('Goal reached: the end of the run').waitFor();
    await lab.begins(() => next.click());
    await expect.poll(() => hidden(lab)).toBe('5');
    await shown.getByText('2 of 2').waitFor();
    // A file that was opened has no address.
    expect(new URL(lab.page.url()).search).toBe('');
  }));

test('markup in a lesson is shown as text', () =>
  withLab(browser, async (lab) => {
    await lab.trains(1);
    const markup = '<img src=x onerror="document.title=1"><b>bold</b>';
    const steps = [{ ...step, title: markup, text: markup, try: markup }, lesson.steps[1]];
    await lab.begins(() => openFile(lab, JSON.stringify({ ...lesson, title: markup, steps })));
    const shown = region(lab);
    await expect.poll(() => shown.getByText(markup).count()).toBe(4);
    expect(await shown.locator('img, b').count()).toBe(0);
    expect(await lab.page.title()).toBe('Perceptron Lab');
  }));

test('a lesson that is wrong is refused in one line, and the run stays', () =>
  withLab(browser, async (lab) => {
    await lab.reaches('done');
    const run = await lab.run();
    const refused = (why: string) =>
      lab.page.getByRole('alert').getByText(`The lesson mine.json was not opened: ${why}`, { exact: true }).waitFor();
    await openFile(
      lab,
      JSON.stringify({ ...lesson, steps: [step, { ...step, settings: { training: { epochs: 0 } } }] }),
    );
    await refused('step 2, training.epochs: 0 is too small; give a value of at least 1 (default 200).');
    await drops(lab, '{"format": "perceptron-lab lesson",', 50e6);
    await refused('it has 51 MB, and a lesson at most 1 MB.');
    expect(await region(lab).count()).toBe(0);
    expect(await lab.run()).toBe(run);
    // What is opened next takes its place, whatever it is.
    await lab.begins(() => lab.page.locator('lab-samples').getByRole('button', { name: 'Moons' }).click());
    await expect.poll(() => lab.page.getByText('was not opened').count()).toBe(0);
    await drops(lab, '{"format": "perceptron-lab lesson",', 50e6);
    await refused('it has 51 MB, and a lesson at most 1 MB.');
    await lab.begins(() => drops(lab, JSON.stringify(lesson)));
    await region(lab).waitFor();
    await expect.poll(() => lab.page.getByText('was not opened').count()).toBe(0);
  }));

test('a link opens a lesson of the page at a step, which a reload keeps', () =>
  withLab(
    browser,
    async (lab) => {
      await lab.trains(1);
      expect(await lab.run()).toBe('1');
      const shown = region(lab);
      await shown.getByRole('heading', { name: 'A hidden layer succeeds' }).waitFor();
      await expect.poll(() => hidden(lab)).toBe('8');
      await lab.begins(() => shown.getByRole('button', { name: 'Back' }).click());
      await lab.reaches('done');
      await expect.poll(() => lab.page.url()).toContain('?lesson=xor&step=2#data=xor');
      await lab.page.reload();
      await lab.reaches('done');
      await shown.getByRole('heading', { name: 'So does a smooth one' }).waitFor();
      await shown.getByRole('button', { name: 'Close the lesson' }).click();
      await expect.poll(() => lab.page.url()).not.toContain('lesson');
    },
    { served: at('?lesson=xor&step=3') },
  ));

test('a link opens a lesson beside the page with a table beside the lesson', () =>
  withLab(
    browser,
    async (lab) => {
      await lab.trains(1);
      await lab.page.locator('lab-data p.name', { hasText: 'moons.csv' }).waitFor();
      await region(lab).getByText('A lesson of mine · 1 of 2').waitFor();
      await expect.poll(() => hidden(lab)).toBe('4');
      await lab.begins(() => region(lab).getByRole('button', { name: 'Next: Second' }).click());
      await lab.page.locator('lab-data p.name', { hasText: 'moons.csv' }).waitFor();
      await region(lab).getByText('2 of 2').waitFor();
    },
    served('?lesson=class/one.json', {
      'class/one.json': { ...lesson, table: { link: 'moons.csv' } },
      'class/moons.csv': readFileSync('data/moons.csv', 'utf8'),
    }),
  ));

test('an assignment waits for the file that it is about', () =>
  withLab(
    browser,
    async (lab) => {
      await lab.page.getByText('This lesson is about moons.csv. Open that file here').waitFor();
      await region(lab).getByText('A lesson of mine · 1 of 2').waitFor();
      await openFile(lab, readFileSync('data/moons.csv', 'utf8'), 'moons.csv');
      await lab.reaches('done');
      await expect.poll(() => hidden(lab)).toBe('4');
      await expect.poll(() => lab.page.getByText('This lesson is about').count()).toBe(0);
      await lab.begins(() => region(lab).getByRole('button', { name: 'Next: Second' }).click());
      await expect.poll(() => hidden(lab)).toBe('5');
      await region(lab).getByText('2 of 2').waitFor();
    },
    served('?lesson=class/one.json', { 'class/one.json': { ...lesson, table: { file: 'moons.csv' } } }),
  ));

test.each([
  [
    '?lesson=xyz',
    'The lesson xyz was not opened: there is no lesson `xyz`; choose or, xor, activations, optimizers, batches or gradients, or give the address of a file.',
  ],
  [
    '?lesson=https://elsewhere.example/a.json',
    'The lesson https://elsewhere.example/a.json was not opened: https://elsewhere.example/a.json is on another host than this page, which asks no other for anything.',
  ],
  ['?panels=centre,left', 'The address asks for a panel `left`; there are settings, centre, results. All are shown.'],
])('%s is refused in one line, and the page opens as usual', (words, sentence) =>
  withLab(
    browser,
    async (lab) => {
      await lab.page.getByRole('alert').getByText(sentence, { exact: true }).waitFor();
      await lab.trains(1);
      await lab.page.getByRole('alert').getByText(sentence, { exact: true }).waitFor();
      await lab.page.locator('lab-data p.name', { hasText: 'curve.csv' }).waitFor();
      expect(await lab.page.locator('lab-results').count()).toBe(1);
    },
    { served: at(words) },
  ),
);

const panels = { settings: 'lab-settings', centre: 'lab-views', results: 'lab-results' };

test.each(['centre', 'settings', 'results', 'centre,results', 'settings,results'])(
  'only the panels %s',
  async (words) => {
    await withLab(
      browser,
      async (lab) => {
        await lab.page.locator('.page[data-state=done]').waitFor();
        for (const [width, height] of [
          [1440, 900],
          [400, 850],
        ]) {
          await lab.page.setViewportSize({ width, height });
          for (const [name, tag] of Object.entries(panels)) {
            expect(await lab.page.locator(tag).count(), name).toBe(words.split(',').includes(name) ? 1 : 0);
          }
          await expect.poll(() => lab.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
          for (const colorScheme of ['light', 'dark'] as const) {
            await lab.page.emulateMedia({ colorScheme });
            expect(await (colorScheme === 'light' ? offences : offencesOfColours)(lab.page)).toEqual([]);
            const { PICTURES } = process.env;
            if (PICTURES) await lab.page.screenshot({ path: `${PICTURES}/${words}-${width}-${colorScheme}.png` });
          }
        }
      },
      { served: at(`?lesson=xor&step=3&panels=${words}`) },
    );
  },
);

test.each(['settings', 'results'])('what a link says and cannot be had is in the panel %s too', (panel) =>
  withLab(
    browser,
    async (lab) => {
      await lab.page.getByText('Left out of the link, as it is not understood: engine: "quantum"').waitFor();
      await lab.reaches('done');
      expect(await offences(lab.page)).toEqual([]);
      const { PICTURES } = process.env;
      if (PICTURES) await lab.page.screenshot({ path: `${PICTURES}/linked-${panel}.png` });
    },
    { served: at(`?panels=${panel}#data=curve&engine=quantum`), viewport: { width: 400, height: 850 } },
  ),
);
