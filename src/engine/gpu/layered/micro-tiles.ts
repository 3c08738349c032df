/**
 * Results that a thread of a matrix product computes along m and n, by the condition that chooses them in
 * `shaders/matmul/tile.wgsl`, where they are MICRO_M and MICRO_N.
 */
export const microTiles = {
  plain: [4, 4],
  wide: [8, 8],
  quad_swap: [16, 4],
} as const;
