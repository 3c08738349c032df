/** The layered plan with matmul kernels that take no workgroup memory. */

import { hasLanes, layered } from '../support/variants.ts';
import { compareNumbers, compareRowOrder } from './numbers.ts';
import {
  functions,
  largeLayers,
  losses,
  rates,
  shapes,
  smallLayers,
  smoothed,
  tileEdges,
  twoClasses,
  updates,
  wide,
} from './numbers-cases.ts';

/** Of use where tiles are small; elsewhere it is much work for what other cases show. */
const manyNorms = updates.filter(({ hidden }) => hidden[0] === 100);
const fewNorms = updates.filter((problem) => !manyNorms.includes(problem));
const others = [...functions, ...losses, ...twoClasses, ...smoothed, ...fewNorms, ...largeLayers, ...rates.slice(3)];
const direct = layered('direct', [...shapes, ...others], { core: 'direct' });
/** Kernels of their own, so every compiler has them all. */
const kinds = {
  ...layered('direct, layers', [...smallLayers, ...rates.slice(0, 3)], { core: 'direct' }),
  quick: true,
};

const elsewhere = [tileEdges];
/** From one unit to 150, a row to 72, and three trials: what is left out has sizes between these. */
const sizes = shapes.slice(2, 8);

compareNumbers([
  direct,
  kinds,
  // Small tiles, so that there are more norms to add up than a workgroup has threads.
  { ...layered('direct, 4 threads', [...sizes, ...manyNorms], { core: 'direct', threads: 2 }), elsewhere },
  // The functions are the same in all of these; the shapes are where they differ.
  { ...layered('direct wide', sizes, { core: 'direct_wide' }), elsewhere },
  ...(hasLanes ? [{ ...layered('direct lanes', [...shapes, wide], { core: 'direct_lanes' }), elsewhere }] : []),
]);
compareRowOrder([direct]);
