/** The layered plan with matmul kernels that take no workgroup memory. */
import { compareNumbers, compareRowOrder } from './numbers.ts';
import { functions, losses, shapes, twoClasses, updates, wide } from './numbers-cases.ts';
import { hasLanes, layered } from './variants.ts';

const manyNorms = updates.filter(({ hidden }) => hidden[0] === 100);
const direct = layered('direct', [...shapes, ...functions, ...losses, ...twoClasses, ...updates], { core: 'direct' });

compareNumbers(
  [
    direct,
    // Small tiles, so that there are more norms to add up than a workgroup has threads.
    layered('direct, 4 threads', [...shapes, ...manyNorms], { core: 'direct', threads: 2 }),
    // The functions are the same in all of these; the shapes are where they differ.
    layered('direct wide', shapes, { core: 'direct_wide' }),
    ...(hasLanes ? [layered('direct lanes', [...shapes, wide], { core: 'direct_lanes' })] : []),
  ],
  0,
);
compareRowOrder([direct]);
