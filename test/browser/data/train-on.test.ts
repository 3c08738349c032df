/** A run of the page that goes on from a model: chosen in Predict, said wherever the run is, and back after a reload. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readCsv } from '../../../src/data/read/csv.ts';
import { requestEngine } from '../../../src/engine/request.ts';
import { loadModel } from '../../../src/model/file/load-model.ts';
import { saveModel } from '../../../src/model/model.ts';
import { prepare, train } from '../../support/first-defaults.ts';
import { offences } from '../support/axe.ts';
import { launch, withLab } from '../support/lab.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const people = (first: number) =>
  [
    'age,city,answer',
    ...Array.from({ length: 60 }, (_, index) => {
      const row = first + index;
      return `${20 + (row % 40)},${['Seoul', 'Busan', 'Daegu'][row % 3]},${row % 40 < 20 ? 'no' : 'yes'}`;
    }),
  ].join('\n');

async function modelOf(csv: string) {
  const engine = await requestEngine({ kind: 'reference' });
  const data = prepare(await readCsv(csv, { source: 'people.csv' }), { target: 'answer' });
  const trial = { model: { hidden: [6] }, training: { epochs: 4, optimizer: { kind: 'adam' as const } } };
  return train(engine, data, trial).model();
}

it('goes on from a model of a file, on other rows, through a reload, and begins anew when asked to', async () => {
  const model = await modelOf(people(0));
  await withLab(browser, async (lab) => {
    const { page } = lab;
    await lab.trains(1);
    await lab.trainCsv('more.csv', people(7));
    await page.locator('lab-predict summary').first().click();
    const input = page.locator('lab-predict input[accept^=".safetensors"]');
    const file = {
      name: 'base.safetensors',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(saveModel(model)),
    };
    await input.setInputFiles(file);
    await page.getByText('With base.safetensors').waitFor();
    await lab.button('Train on from this model').press('Enter');
    const chip = page.getByRole('group', { name: 'Goes on from the model base.safetensors' });
    await chip.waitFor();
    await page.getByText('The next run goes on from base.safetensors.').waitFor();
    for (const path of ['trial.model.hidden', 'trial.training.loss', 'data.target']) {
      expect(await lab.field(path).locator('#control').isDisabled(), path).toBe(true);
    }
    expect(await lab.field('trial.model.hidden').getByRole('textbox').inputValue()).toBe('6');
    expect(await lab.button('Add a hidden layer').isDisabled()).toBe(true);
    expect(await offences(page)).toEqual([]);
    await chip.getByRole('button', { name: 'Begin anew instead' }).press('Enter');
    await expect.poll(() => chip.count()).toBe(0);
    expect(await lab.field('trial.model.hidden').getByRole('textbox').isEnabled()).toBe(true);
    await lab.button('Train on from this model').press('Enter');
    await chip.waitFor();

    // Steps of no length: the weights stay those of the model.
    await lab.choose('trial.training.optimizer.kind', 'sgd');
    await lab.fill('trial.training.optimizer.learning_rate', '1e-30');
    await lab.fill('trial.training.epochs', '2');
    await lab.restart();
    await lab.reaches('done');
    const said = page.getByText('This run goes on from the model base.safetensors.');
    await said.waitFor();
    await page.locator('lab-run .name', { hasText: 'from base.safetensors' }).waitFor();
    const tuned = loadModel((await lab.download(/Download model/)).bytes, 'model');
    expect(tuned.members[0].parameters).toEqual(model.members[0].parameters);
    expect(tuned.origin.from).toMatchObject({ name: 'base.safetensors' });

    await page.reload();
    await lab.reaches('done');
    await said.waitFor();
    await chip.waitFor();
    expect(await lab.field('trial.model.hidden').getByRole('textbox').isDisabled()).toBe(true);
    // It is with the run that it is kept: one of other settings begins with it too.
    await lab.fill('trial.training.epochs', '1');
    await lab.restart();
    await lab.reaches('done');
    const again = loadModel((await lab.download(/Download model/)).bytes, 'model');
    expect(again.members[0].parameters).toEqual(model.members[0].parameters);

    await lab.begins(() => lab.openCsv('prices.csv', 'age,price\n1,2\n2,3\n3,5\n4,4\n'));
    await page.getByText(/prices\.csv lacks columns of the model: "city", "answer"; it has age, price\./).waitFor();
    await expect.poll(() => chip.count()).toBe(0);
    expect(await said.count()).toBe(0);
  });
});
