/** The sample tables: the catalogue, the files and the formulas agree. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { checkData, checkTrial } from '../../../src/spec/check.ts';
import { catalogueText, generatedFiles, type Sample, samples } from '../../../tools/samples.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'data');
const read = (file: string) => readFileSync(join(folder, file));
const all: Sample[] = JSON.parse(read('samples.json').toString('utf8'));

/** The rows of a file, header first. */
function rowsOf(file: string): string[][] {
  const bytes = read(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const { data, errors } = Papa.parse<string[]>(text.trimEnd());
  expect(errors).toEqual([]);
  return data;
}

describe('data/', () => {
  it('is what tools/make-samples.mjs writes, byte for byte', () => {
    expect(generatedFiles().map(({ file }) => file)).toContain('curve.csv');
    for (const { file, text } of generatedFiles()) expect(read(file).toString('utf8'), file).toBe(text);
    expect(read('samples.json').toString('utf8')).toBe(catalogueText(samples(read)));
  });

  it('has every table in samples.json, under a name of its own', () => {
    const tables = readdirSync(folder).filter((file) => /\.csv(\.gz)?$/.test(file));
    expect(all.map(({ file }) => file).sort()).toEqual(tables.sort());
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  });

  it('is small', () => {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    const bytes = entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => statSync(join(parentPath, name)).size);
    expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(600_000);
    expect(read('digits.csv.gz').length).toBeLessThan(150_000);
  });

  describe.each(all)(
    '$file',
    ({ file, rows, columns, target, task, title, description, source, licence, settings }) => {
      const [header, ...body] = rowsOf(file);

      it('has the rows, columns and target that samples.json names', () => {
        expect(body).toHaveLength(rows);
        expect(header).toHaveLength(columns);
        expect(new Set(header).size).toBe(columns);
        expect(body.filter((row) => row.length !== columns)).toEqual([]);
        expect(header).toContain(target);
      });

      it('has a target that suits its task', () => {
        const values = new Set(body.map((row) => row[header.indexOf(target)]));
        expect(values).not.toContain('');
        if (task === 'classification') expect(values.size).toBeLessThanOrEqual(10);
        else expect([...values].filter((value) => !Number.isFinite(Number(value)))).toEqual([]);
      });

      it('says where it comes from and under which licence, here and in the README', () => {
        for (const text of [title, description, source, licence]) expect(text).toMatch(/^\S[^\n]*\S$/);
        const line = read('README.md')
          .toString('utf8')
          .split('\n')
          .find((one) => one.startsWith(`| \`${file}\` `));
        const cells = line?.split('|').map((cell) => cell.trim());
        expect(cells?.[2]).toBe(String(rows));
        expect(cells?.[4]).toBe(`\`${target}\``);
        expect(cells?.[6]).toContain(licence.split(/[,(]/)[0].trim());
      });

      it('suggests settings that are accepted', () => {
        const data = checkData({ ...settings.data, target, task });
        if (data.split.time) expect(header).toContain(data.split.time);
        expect(() => checkTrial({ model: settings.model, training: settings.training })).not.toThrow();
      });
    },
  );

  it('keeps the gaps and words of the penguins', () => {
    const [header, ...birds] = rowsOf('penguins.csv');
    expect(header).toEqual([
      'species',
      'island',
      'beak_length_mm',
      'beak_depth_mm',
      'flipper_length_mm',
      'body_mass_g',
      'sex',
    ]);
    const gaps = header.map((_, column) => birds.filter((bird) => bird[column] === '').length);
    expect(gaps).toEqual([0, 0, 2, 2, 2, 2, 10]);
    expect(birds.filter((bird) => bird[6] === '.')).toHaveLength(1);
  });

  it("has the weather as the package's catalogue has it", () => {
    const bytes = read('seattle-weather.csv');
    const hash = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
    expect(hash).toBe('0f38b53bdc1c42c5e5d484f33b9d4d7b229e0e59');
  });

  it('has 200 of each digit in black and white, zipped without a time', () => {
    const [header, ...images] = rowsOf('digits.csv.gz');
    expect(header).toEqual([...Array.from({ length: 196 }, (_, pixel) => `p${pixel}`), 'digit']);
    const counts = new Map<string, number>();
    for (const image of images) counts.set(image[196], (counts.get(image[196]) ?? 0) + 1);
    expect([...counts].sort()).toEqual(Array.from('0123456789', (digit) => [digit, 200]));
    expect(new Set(images.flatMap((image) => image.slice(0, 196)))).toEqual(new Set(['0', '1']));
    expect([...read('digits.csv.gz').subarray(4, 8)]).toEqual([0, 0, 0, 0]);
  });

  it('has upright digits: a 1 is a stroke down the middle, a 0 a ring', () => {
    const images = rowsOf('digits.csv.gz').slice(1);
    const inkAt = (digit: string, pixels: number[]) => {
      const those = images.filter((image) => image[196] === digit);
      const ink = those.flatMap((image) => pixels.map((pixel) => Number(image[pixel])));
      return ink.reduce((sum, one) => sum + one, 0) / ink.length;
    };
    const middle = [6, 7].flatMap((row) => [6, 7].map((column) => row * 14 + column));
    expect(inkAt('1', middle)).toBeGreaterThan(0.6);
    expect(inkAt('0', middle)).toBeLessThan(0.1);
  });
});
