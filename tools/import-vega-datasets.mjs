/**
 * Makes `data/penguins.csv` and `data/seattle-weather.csv` from the unpacked npm package vega-datasets 3.2.1:
 *
 *   npm pack vega-datasets@3.2.1 && tar xzf vega-datasets-3.2.1.tgz
 *   node tools/import-vega-datasets.mjs package
 *
 * Run by hand, once: the tables are committed. Both files are first held against the hashes in the package's own catalogue,
 * which is also where their licences are stated.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';

const folder = process.argv[2];
if (!folder) throw new Error('Give the folder of the unpacked package, such as package.');
const data = new URL('../data/', import.meta.url);
const { resources } = JSON.parse(readFileSync(join(folder, 'datapackage.json'), 'utf8'));

/** The catalogue's sha1 is git's: of a header with the length, then the bytes. */
function read(path, licence) {
  const bytes = readFileSync(join(folder, 'data', path));
  const resource = resources.find((one) => one.path === path);
  const hash = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
  if (resource.hash !== `sha1:${hash}`) throw new Error(`${path} is not the file that the catalogue describes.`);
  const stated = resource.licenses.map(({ name, title }) => name ?? title).join();
  if (stated !== licence) throw new Error(`${path} is under "${stated}", not "${licence}"; look into it.`);
  return bytes.toString('utf8');
}

/** Names for columns that need no quotes anywhere; the cells stay as they are, gaps as empty cells. */
const names = {
  Species: 'species',
  Island: 'island',
  'Beak Length (mm)': 'beak_length_mm',
  'Beak Depth (mm)': 'beak_depth_mm',
  'Flipper Length (mm)': 'flipper_length_mm',
  'Body Mass (g)': 'body_mass_g',
  Sex: 'sex',
};
const penguins = JSON.parse(read('penguins.json', 'CC0 1.0 Universal'));
const cells = penguins.map((penguin) => Object.keys(names).map((name) => penguin[name]));
const text = Papa.unparse({ fields: Object.values(names), data: cells }, { newline: '\n' });
writeFileSync(new URL('penguins.csv', data), `${text}\n`);

writeFileSync(new URL('seattle-weather.csv', data), read('seattle-weather.csv', 'U.S. Government Dataset'));
