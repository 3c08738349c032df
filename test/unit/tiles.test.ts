/** How products are laid out over workgroups, and stored gradients over blocks: arithmetic that needs no GPU. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocksOf, blockTable, storedGradients } from '../../src/engine/gpu/blocks.ts';
import { blockParameters } from '../../src/engine/gpu/kernels.ts';
import { Block } from '../../src/engine/gpu/structs.ts';
import { oneWay, slicesFor, tileFor } from '../../src/engine/gpu/tiles.ts';
import { layerOffsets, parameterCount } from '../../src/engine/parameters.ts';

const core = fc.constantFrom('direct', 'direct_wide', 'tiled', 'tiled_wide');
const size = fc.integer({ min: 1, max: 5000 });

describe('tiles', () => {
  it('cover the product, within what every adapter has', () => {
    fc.assert(
      fc.property(core, fc.constantFrom(8, 16), size, size, (name, threads, m, n) => {
        const { tile, tilesM, tilesN } = tileFor(oneWay(name, threads), m, n);
        const micro = name.endsWith('wide') ? 8 : 4;
        expect(tilesM * tile.THREADS_M * micro).toBeGreaterThanOrEqual(m);
        expect(tilesN * tile.THREADS_N * micro).toBeGreaterThanOrEqual(n);
        expect((tilesM - 1) * tile.THREADS_M * micro).toBeLessThan(m);
        expect(tile.THREADS_M * tile.THREADS_N).toBeLessThanOrEqual(256);
        // Left and right tile; a batch's rows and the losses' shares need up to 1.5 KB more.
        const bytes = 4 * tile.DEPTH * micro * (tile.THREADS_M + tile.THREADS_N) + 2 * 16 * tile.DEPTH;
        expect(bytes + 1536).toBeLessThanOrEqual(16384);
      }),
      { seed: 10 },
    );
  });
});

describe('slices', () => {
  it('share out all rows, none of them empty, none too short', () => {
    fc.assert(
      fc.property(core, size, size, fc.integer({ min: 1, max: 70000 }), (name, m, n, rows) => {
        const ways = oneWay(name, 8, 128);
        const { slices, slice_rows } = slicesFor(ways, tileFor(ways, m, n), rows);
        expect(slices * slice_rows).toBeGreaterThanOrEqual(rows);
        expect((slices - 1) * slice_rows).toBeLessThan(rows);
        if (slices > 1) expect(slice_rows).toBeGreaterThanOrEqual(128);
      }),
      { seed: 10 },
    );
  });

  it('are made where tiles are few and rows many, and only where they pay', () => {
    const ways = oneWay('tiled_wide', 8, 128);
    const cut = (outputs: number, inputs: number, rows: number) =>
      slicesFor(ways, tileFor(ways, outputs, inputs + 1), rows).slices;
    expect(cut(256, 256, 1024)).toBe(7);
    expect(cut(32, 2, 65536)).toBe(128);
    expect(cut(256, 256, 256)).toBe(1);
    expect(cut(1024, 1024, 4096)).toBe(1);
    expect(slicesFor(oneWay('tiled_wide'), tileFor(ways, 32, 3), 65536).slices).toBe(1);
  });
});

describe('blocks', () => {
  const units = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 5 });

  it('hold every parameter of the layers with slices once, and know its slices and whether it is a bias', () => {
    fc.assert(
      fc.property(units, fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 4, maxLength: 4 }), (widths, cuts) => {
        const layers = widths.slice(1).map((outputs, l) => ({ inputs: widths[l], outputs }));
        const slices = cuts.slice(0, layers.length);
        const stored = storedGradients(layers, slices);
        const firstNorm = layers.map((_, l) => layers.slice(0, l).reduce((sum, layer) => sum + blocksOf(layer), 0));
        const { blocks, table } = blockTable(layers, stored, slices, firstNorm);
        expect(table.length).toBe((blocks * Block.size) / 4);
        const at = (block: number, name: string) => table[(block * Block.size + Block.fields[name].offset) / 4];

        const seen = new Uint8Array(parameterCount(layers));
        const places = new Uint8Array(stored.length);
        const norms = new Set<number>();
        const offsets = layerOffsets(layers);
        for (let block = 0; block < blocks; block++) {
          expect(at(block, 'count')).toBeLessThanOrEqual(blockParameters);
          norms.add(at(block, 'norm'));
          for (let i = 0; i < at(block, 'count'); i++) {
            const parameter = at(block, 'parameter') + i;
            const l = offsets.findLastIndex(({ weight }) => weight <= parameter);
            seen[parameter]++;
            expect(at(block, 'slices')).toBe(slices[l]);
            expect(parameter >= at(block, 'bias')).toBe(parameter >= offsets[l].bias);
            for (let slice = 0; slice < slices[l]; slice++)
              places[at(block, 'stored') + i + slice * at(block, 'stride')]++;
          }
        }
        expect(norms.size).toBe(blocks);
        layers.forEach((layer, l) => {
          const mine = seen.subarray(offsets[l].weight, offsets[l].bias + layer.outputs);
          expect(mine.every((count) => count === Math.min(1, slices[l]))).toBe(true);
        });
        expect(places.every((count) => count === 1)).toBe(true);
      }),
      { seed: 10 },
    );
  });
});
