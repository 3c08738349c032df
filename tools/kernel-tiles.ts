/**
 * Writes the tiles of the CPU's kernels: the inner loops of the three matrix products, unrolled so that a tile's sums
 * stay in registers. A tile is 8 units by the lanes of a panel, or 8 units by 8; 8 x 8 won over 4 x 8 and 4 x 16 (see
 * docs/decisions/11-cpu-engine.md). All of them compute c[m][n] += sum_k a[m,k] b[k][n], with n along the vectors; they
 * differ in where a's numbers lie.
 */
interface Tile {
  name: string;
  doc: string;
  /** Vectors of four in a row of c and b. */
  vectors: 1 | 2;
  /** Bytes from one m to the next, and from one k to the next. */
  a: { m: number; k: number };
  /** Values of k that lie in one block; after it, a and b go on at their next block. Absent: one block is all. */
  block?: number;
}

const tiles: Tile[] = [
  {
    name: 'sums8',
    doc: 'Weighted sums of 8 units, 8 rows: a weights [input][8 units], b inputs [input][8 rows].',
    vectors: 2,
    a: { m: 4, k: 32 },
  },
  { name: 'sums4', doc: 'The same for 4 rows: b inputs [input][4 rows].', vectors: 1, a: { m: 4, k: 32 } },
  {
    name: 'blocks8',
    doc: 'Blocks of [8 m][8 k] and [8 k][8 n]: errors of 8 inputs over 8 rows, and gradients of 8 inputs by 8 units.',
    vectors: 2,
    a: { m: 32, k: 4 },
    block: 8,
  },
  {
    name: 'errors4',
    doc: 'Errors of 8 inputs over 4 rows: a weights [8 inputs][8 units], b errors [8 units][4 rows].',
    vectors: 1,
    a: { m: 32, k: 4 },
    block: 8,
  },
  {
    name: 'gradients4',
    doc: 'Gradients of 8 inputs by 8 units, panels of 4 rows: a inputs [8 inputs][4 rows], b errors [4 rows][8 units].',
    vectors: 2,
    a: { m: 16, k: 4 },
    block: 4,
  },
];

const each = (count: number) => Array.from({ length: count }, (_, i) => i);

/** AssemblyScript's text of all tiles. */
export function tileSource(): string {
  return `import { madd } from './vector';\n\n${tiles.map(source).join('\n\n')}\n`;
}

function source(tile: Tile): string {
  const { name, doc, vectors, block } = tile;
  const sums = each(8).flatMap((m) => each(vectors).map((v) => `c${m}${v}`));
  const place = (m: number, v: number) => 16 * (m * vectors + v);
  const parameters = block
    ? 'a: usize, aBlock: usize, b: usize, bBlock: usize, count: i32, c: usize, fresh: bool'
    : 'a: usize, b: usize, count: i32, c: usize, biases: usize';
  const start = block
    ? `if (!fresh) {\n${each(8)
        .flatMap((m) => each(vectors).map((v) => `    c${m}${v} = v128.load(c, ${place(m, v)});`))
        .join('\n')}\n  }`
    : `if (biases) {\n${each(8)
        .map(
          (m) =>
            `    ${each(vectors)
              .map((v) => `c${m}${v} = `)
              .join('')}v128.load_splat<f32>(biases, ${4 * m});`,
        )
        .join('\n')}\n  } else {\n${each(8)
        .flatMap((m) => each(vectors).map((v) => `    c${m}${v} = v128.load(c, ${place(m, v)});`))
        .join('\n')}\n  }`;
  const loop = block
    ? `  while (count >= ${block}) {
${each(block)
  .map((k) => term(tile, k))
  .join('\n')}
    a += aBlock;
    b += bBlock;
    count -= ${block};
  }
  for (; count > 0; count--) {
${term(tile, 0)}
    a += ${tile.a.k};
    b += ${16 * vectors};
  }`
    : `  for (; count >= 4; count -= 4) {
${each(4)
  .map((k) => term(tile, k))
  .join('\n')}
    a += ${4 * tile.a.k};
    b += ${4 * 16 * vectors};
  }
  for (; count > 0; count--) {
${term(tile, 0)}
    a += ${tile.a.k};
    b += ${16 * vectors};
  }`;
  const begins = block
    ? 'Adds to c unless it is to begin at 0.'
    : 'Begins at the biases where they are given, else goes on from c.';
  return `/** ${doc} ${begins} */
export function ${name}(${parameters}): void {
${sums.map((sum) => `  let ${sum} = f32x4.splat(0);`).join('\n')}
  let s = f32x4.splat(0);
${each(vectors)
  .map((v) => `  let b${v} = f32x4.splat(0);`)
  .join('\n')}
  ${start}
${loop}
${each(8)
  .flatMap((m) => each(vectors).map((v) => `  v128.store(c, c${m}${v}, ${place(m, v)});`))
  .join('\n')}
}`;
}

/** Adds the products of the k-th of an unrolled loop. */
function term({ vectors, a }: Tile, k: number): string {
  const loads = each(vectors).map((v) => `    b${v} = v128.load(b, ${16 * (k * vectors + v)});`);
  const rows = each(8).flatMap((m) => [
    `    s = v128.load_splat<f32>(a, ${m * a.m + k * a.k});`,
    ...each(vectors).map((v) => `    c${m}${v} = madd(s, b${v}, c${m}${v});`),
  ]);
  return [...loads, ...rows].join('\n');
}
