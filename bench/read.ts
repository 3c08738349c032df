/**
 * How fast a large table is read, beside papaparse alone on the same text, and in how much memory. Run with Node:
 *
 *   npx rolldown bench/read.ts --platform node --format esm --file dist/bench/read.mjs
 *   node --expose-gc dist/bench/read.mjs [rows] [columns]
 *
 * The file is written once, from a seed, to the folder for temporary files: numbers of four decimals with a gap in every
 * hundred. Each reader runs three times in a process of its own, which reports its highest resident memory.
 */
import { execFileSync } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync, readFileSync, renameSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import Papa from 'papaparse';
import { readCsv } from '../src/data/read/csv.ts';

const [rows = 1_000_000, columns = 20] = process.argv.slice(2, 4).map(Number);
const reader = process.argv[4];
const file = join(tmpdir(), `perceptron-lab-${rows}x${columns}.csv`);

async function write(): Promise<void> {
  const out = createWriteStream(`${file}.part`);
  out.write(`${Array.from({ length: columns }, (_, index) => `x${index + 1}`).join(',')}\n`);
  let state = 1;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state;
  };
  for (let row = 0; row < rows; row += 1) {
    const cells = Array.from({ length: columns }, () =>
      next() % 100 === 0 ? '' : (next() / 2 ** 22 - 512).toFixed(4),
    );
    if (!out.write(`${cells.join(',')}\n`)) await new Promise<void>((resolve) => out.once('drain', resolve));
  }
  out.end();
  await finished(out);
  renameSync(`${file}.part`, file);
}

const open = () => createReadStream(file, { highWaterMark: 262_144 });

const readers: Record<string, () => Promise<number>> = {
  async readCsv() {
    const table = await readCsv(open);
    return table.rows;
  },
  /** In portions, split into records that are thrown away: the least that reading through papaparse can cost. */
  'papaparse, stream': () =>
    new Promise((resolve) => {
      let records = 0;
      Papa.parse<string[]>(open(), {
        skipEmptyLines: true,
        chunk: ({ data }) => {
          records += data.length;
        },
        complete: () => resolve(records - 1),
      });
    }),
  /** The text and all its cells in memory. */
  'papaparse, text': async () => Papa.parse(readFileSync(file, 'utf8'), { skipEmptyLines: true }).data.length - 1,
};

if (reader) {
  const seconds: number[] = [];
  for (let repetition = 0; repetition < 3; repetition += 1) {
    globalThis.gc?.();
    const begun = performance.now();
    const read = await readers[reader]();
    seconds.push((performance.now() - begun) / 1000);
    if (read !== rows) throw new Error(`${reader} read ${read} of ${rows} rows`);
  }
  console.log(JSON.stringify({ seconds, megabytes: process.resourceUsage().maxRSS / 1024 }));
} else {
  if (!existsSync(file)) await write();
  const size = statSync(file).size / 1e6;
  console.log(`${rows} rows x ${columns} columns, ${size.toFixed(0)} MB; Node ${process.version}`);
  const flags = ['--expose-gc', '--max-old-space-size=8192'];
  for (const name of Object.keys(readers)) {
    const script = fileURLToPath(import.meta.url);
    const output = execFileSync(process.execPath, [...flags, script, String(rows), String(columns), name]);
    const { seconds, megabytes } = JSON.parse(String(output)) as { seconds: number[]; megabytes: number };
    const median = seconds.toSorted((a, b) => a - b)[1];
    console.log(
      `${name.padEnd(17)} ${median.toFixed(2)} s (${seconds.map((time) => time.toFixed(2)).join(', ')}), ${(size / median).toFixed(0)} MB/s, at most ${megabytes.toFixed(0)} MB resident`,
    );
  }
}
