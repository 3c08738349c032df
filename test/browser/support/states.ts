/** The states of the page that people see, and how each is reached: held to axe's rules, and photographed for the docs. */
import type { Lab } from './lab.ts';

export interface State {
  /** Names its picture. */
  name: string;
  reach: (lab: Lab) => Promise<void>;
}

const broken = 'a,b\n1,2\n1,"2\n';
/** Prices that follow from area, rooms, year and city, with gaps and a little of what nobody can know. */
const houses = [
  'city,area,rooms,built,price',
  ...Array.from({ length: 400 }, (_, row) => {
    const [area, rooms, built, city] = [
      30 + ((row * 37) % 121),
      1 + ((row * 7) % 6),
      1950 + ((row * 13) % 71),
      row % 3,
    ];
    const price = 2000 * area + 8000 * rooms + 300 * (built - 1950) + 60_000 * city + 900 * ((row * 29) % 31);
    return `${['Daegu', 'Busan', 'Seoul'][city]},${row % 40 === 7 ? '' : area},${rooms},${built},${price}`;
  }),
].join('\n');

export const states: State[] = [
  { name: 'trained', reach: (lab) => lab.reaches('done') },
  {
    name: 'lesson',
    reach: async (lab) => {
      await lab.reaches('done');
      await openLessons(lab);
      await lab.begins(() => lab.button('It cannot learn XOR; two layers can').click());
      await lab.page.locator('lab-lesson').waitFor();
      await lab.reaches('done');
    },
  },
  { name: 'samples', reach: (lab) => samples(lab) },
  {
    name: 'data',
    reach: async (lab) => {
      await sample(lab, 'penguins');
      await lab.reaches('done');
      await lab.button('Look at the data').click();
      await lab.page.locator('lab-columns td').first().waitFor();
    },
  },
  {
    name: 'surface',
    reach: async (lab) => {
      await sample(lab, 'spirals');
      await lab.reaches('done');
    },
  },
  {
    name: 'confusion',
    reach: async (lab) => {
      await sample(lab, 'penguins');
      await lab.reaches('done');
      await tab(lab, 'Confusion');
    },
  },
  {
    name: 'importance',
    reach: async (lab) => {
      await sample(lab, 'penguins');
      await lab.reaches('done');
      await tab(lab, 'Importance');
      await lab.page.locator('lab-importance').getByText('when the column is shuffled').waitFor();
    },
  },
  {
    name: 'residuals',
    reach: async (lab) => {
      await lab.reaches('done');
      await tab(lab, 'Residuals');
    },
  },
  {
    name: 'inside',
    reach: async (lab) => {
      await sample(lab, 'moons');
      await tab(lab, 'Inside');
      await lab.reaches('done');
      // Gradients are measured while they are watched: long enough for lines.
      await lab.fill('trial.training.optimizer.learning_rate', '0.0005');
      await lab.fill('trial.training.epochs', '2000');
      await lab.restart();
      await lab.reaches('done');
      await lab.page.locator('lab-inside').getByText('layer', { exact: true }).first().waitFor();
    },
  },
  {
    name: 'predict',
    reach: async (lab) => {
      await lab.reaches('done');
      await lab.page.locator('lab-predict summary').first().click();
      await lab.page.locator('#answer').waitFor();
      // How far a press scrolls depends on what there is below by then: the run comes into the list a moment after its end.
      await lab.page.locator('.right > .scroll').evaluate((results) => {
        results.scrollTop = 200;
      });
    },
  },
  {
    name: 'sweep',
    reach: async (lab) => {
      await lab.reaches('done');
      await lab.fill('trial.training.epochs', '40');
      await lab.button('Sweep…').click();
      const dialog = lab.page.getByRole('dialog', { name: 'Sweep' });
      for (const path of ['model.activation', 'training.optimizer.learning_rate']) {
        await dialog.getByRole('combobox', { name: 'Vary a setting' }).selectOption(path);
      }
      await lab.page.locator('lab-vary').nth(1).waitFor();
      await dialog.getByLabel('Seeds').fill('3');
      await dialog.getByLabel('Seeds').press('Enter');
      await lab.button('Train all').click();
      await dialog.getByText(/^Done: 27 trials/).waitFor();
    },
  },
  {
    name: 'diverged',
    reach: async (lab) => {
      await lab.reaches('done');
      await lab.choose('trial.training.optimizer.kind', 'sgd');
      await lab.fill('trial.training.optimizer.learning_rate', '100');
      await lab.restart();
      await lab.reaches('diverged');
    },
  },
  {
    name: 'refused-file',
    reach: async (lab) => {
      await lab.reaches('done');
      await lab.openCsv('broken.csv', broken);
      await lab.page.locator('lab-data').getByRole('alert').filter({ hasText: 'broken.csv' }).waitFor();
    },
  },
  {
    name: 'own-table',
    reach: async (lab) => {
      await lab.reaches('done');
      await lab.trainCsv('houses.csv', houses);
      await lab.page.locator('lab-data p.name', { hasText: 'houses.csv' }).waitFor();
      await lab.reaches('done');
    },
  },
];

async function openLessons(lab: Lab): Promise<void> {
  await lab.page.locator('lab-lessons summary').click();
}

async function samples(lab: Lab): Promise<void> {
  await lab.reaches('done');
  await lab.button('Samples').click();
  await lab.page.locator('lab-gallery svg path').nth(9).waitFor();
}

async function sample(lab: Lab, name: string): Promise<void> {
  await samples(lab);
  await lab.begins(() => lab.page.locator(`lab-gallery [data-sample="${name}"]`).click());
  await lab.page.locator('lab-data p.name', { hasText: name }).waitFor();
}

async function tab(lab: Lab, name: string): Promise<void> {
  await lab.page.getByRole('tab', { name }).click();
}
