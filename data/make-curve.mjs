/**
 * Makes `curve.csv`, the sample that the lab opens with: a curve whose shape and noise are known, so that anyone can
 * tell how good a fit can possibly be. `node data/make-curve.mjs` writes the same bytes every time.
 */
import { writeFileSync } from 'node:fs';

const rows = 500;
const noise = 0.1;
const curve = (x) => Math.sin(x) + 0.4 * Math.cos(2 * x);

let counter = 2026;

/** Uniform in (0, 1): a counter through a 32-bit hash, the one of `src/random/counter.ts`. */
function uniform() {
  counter = (counter + 0x9e3779b9) >>> 0;
  let x = counter;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return (((x ^ (x >>> 15)) >>> 0) + 0.5) / 4294967296;
}

/** Standard normal (Box & Muller 1958). */
function normal() {
  return Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

const lines = Array.from({ length: rows }, () => {
  const x = Number((6 * uniform() - 3).toFixed(3));
  const y = curve(x) + noise * normal();
  return `${x.toFixed(3)},${y.toFixed(4)}\n`;
});
writeFileSync(new URL('curve.csv', import.meta.url), `x,y\n${lines.join('')}`);
