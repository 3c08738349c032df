/** How products are laid out over workgroups, and stored gradients over blocks: arithmetic that needs no GPU. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocksOf, blockTable, storedGradients, updateBlock } from '../../../../../src/engine/gpu/layered/blocks.ts';
import { oneConfig, splitKFor, tileFor } from '../../../../../src/engine/gpu/layered/matmul-config.ts';
import { Block } from '../../../../../src/engine/gpu/memory/structs.ts';
import { layerOffsets, parameterCount } from '../../../../../src/engine/parameters.ts';

const core = fc.constantFrom('direct', 'direct_wide', 'direct_lanes', 'tiled', 'tiled_wide');
/** Results of a thread along m and n. */
const micro = {
  direct: [4, 4],
  direct_wide: [8, 8],
  direct_lanes: [16, 4],
  tiled: [4, 4],
  tiled_wide: [8, 8],
  diagonal: [4, 4],
  periodic: [4, 4],
};
const size = fc.integer({ min: 1, max: 5000 });

describe('tiles', () => {
  it('cover the product, within what every adapter has', () => {
    fc.assert(
      fc.property(core, fc.constantFrom(2, 8, 16), size, size, (name, threads, m, n) => {
        const { tile, tilesM, tilesN } = tileFor(oneConfig(name, threads), m, n);
        const [microM, microN] = micro[tile.core];
        expect(tilesM * tile.THREADS_M * microM).toBeGreaterThanOrEqual(m);
        expect(tilesN * tile.THREADS_N * microN).toBeGreaterThanOrEqual(n);
        expect((tilesM - 1) * tile.THREADS_M * microM).toBeLessThan(m);
        expect(tile.THREADS_M * tile.THREADS_N).toBeLessThanOrEqual(threads ** 2);
        // Left and right tile, where there are any. A thread may have the 8 rows of a tile and their losses' shares too.
        const tiles = tile.DEPTH * (microM * tile.THREADS_M + microN * tile.THREADS_N + 8);
        const rows = 2 * microM * tile.THREADS_M + tile.THREADS_M * tile.THREADS_N;
        expect(4 * ((tile.core.startsWith('tiled') ? tiles : 0) + rows)).toBeLessThanOrEqual(16384);
      }),
      { seed: 10 },
    );
  });

  it('of four lanes are four threads side by side, and only where there is work for most of them', () => {
    const lanes = (m: number, n: number) => tileFor(oneConfig('direct_lanes', 2), m, n).tile;
    expect(lanes(128, 100)).toMatchObject({ core: 'direct_lanes', THREADS_M: 1, THREADS_N: 4 });
    expect(lanes(128, 10)).toMatchObject({ core: 'direct_lanes' });
    expect(lanes(128, 4)).toMatchObject({ core: 'direct', THREADS_M: 4, THREADS_N: 1 });
    expect(lanes(1, 256)).toMatchObject({ core: 'direct', THREADS_M: 1, THREADS_N: 4 });
  });
});

describe('slices', () => {
  it('share out all rows, none of them empty, none too short', () => {
    fc.assert(
      fc.property(core, size, size, fc.integer({ min: 1, max: 70000 }), (name, m, n, rows) => {
        const ways = oneConfig(name, 8, 128);
        const { splits, split_rows } = splitKFor(ways, tileFor(ways, m, n), rows);
        expect(splits * split_rows).toBeGreaterThanOrEqual(rows);
        expect((splits - 1) * split_rows).toBeLessThan(rows);
        if (splits > 1) expect(split_rows).toBeGreaterThanOrEqual(128);
      }),
      { seed: 10 },
    );
  });

  it('are made where tiles are few and rows many, and only where they pay', () => {
    const ways = oneConfig('tiled_wide', 8, 128);
    const cut = (outputs: number, inputs: number, rows: number) =>
      splitKFor(ways, tileFor(ways, outputs, inputs + 1), rows).splits;
    expect(cut(256, 256, 1024)).toBe(7);
    expect(cut(32, 2, 65536)).toBe(128);
    expect(cut(256, 256, 256)).toBe(1);
    expect(cut(1024, 1024, 4096)).toBe(1);
    expect(splitKFor(oneConfig('tiled_wide'), tileFor(ways, 32, 3), 65536).splits).toBe(1);
  });
});

describe('blocks', () => {
  const units = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 5 });

  it('hold every parameter of the layers with slices once, and know its slices and whether it is a bias', () => {
    fc.assert(
      fc.property(
        units,
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 4, maxLength: 4 }),
        fc.integer({ min: 0, max: 200 }),
        (widths, cuts, partials) => {
          const size = updateBlock(partials);
          const layers = widths.slice(1).map((outputs, l) => ({ inputs: widths[l], outputs }));
          const slices = cuts.slice(0, layers.length);
          const stored = storedGradients(layers, slices);
          const firstNorm = layers.map((_, l) =>
            layers.slice(0, l).reduce((sum, layer) => sum + blocksOf(layer, size), 0),
          );
          const { blocks, table } = blockTable(layers, stored, slices, firstNorm, size);
          expect(table.length).toBe((blocks * Block.size) / 4);
          const at = (block: number, name: string) => table[(block * Block.size + Block.u32[name]) / 4];

          const seen = new Uint8Array(parameterCount(layers));
          const places = new Uint8Array(stored.length);
          const norms = new Set<number>();
          const offsets = layerOffsets(layers);
          for (let block = 0; block < blocks; block++) {
            expect(at(block, 'count')).toBeLessThanOrEqual(size);
            norms.add(at(block, 'norm'));
            for (let i = 0; i < at(block, 'count'); i++) {
              const parameter = at(block, 'parameter') + i;
              const l = offsets.findLastIndex(({ weight }) => weight <= parameter);
              seen[parameter]++;
              expect(at(block, 'splits')).toBe(slices[l]);
              expect(parameter >= at(block, 'bias')).toBe(parameter >= offsets[l].bias);
              for (let slice = 0; slice < slices[l]; slice++)
                places[at(block, 'gradient') + i + slice * at(block, 'split_stride')]++;
            }
          }
          expect(norms.size).toBe(blocks);
          layers.forEach((layer, l) => {
            const mine = seen.subarray(offsets[l].weight, offsets[l].bias + layer.outputs);
            expect(mine.every((count) => count === Math.min(1, slices[l]))).toBe(true);
          });
          expect(places.every((count) => count === 1)).toBe(true);
        },
      ),
      { seed: 10 },
    );
  });
});
