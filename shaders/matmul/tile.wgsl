// Every dense kernel is a matrix product, one for each trial:
//   product[m, n] = sum_k left(m, k) right(k, n)
//
// The kernel says where its operands are: `left_offset_m`, `left_offset_k`, `right_offset_k` and `right_offset_n`, each
// computed once for many products, and `left_value` and `right_value`, which read at two such offsets. They are only asked for
// k in range; what they return for an m or n out of range is computed with but never stored. A workgroup of THREADS_N x
// THREADS_M threads computes a tile of THREADS_M MICRO_M x THREADS_N MICRO_N results, MICRO_M x MICRO_N of them a thread, in
// registers. How values come to the thread: product.wgsl and the files that it imports.
//
// Lengths. A kernel begins by asking for the lengths of all buffers that it accesses in loops. None is 0, but every access is
// checked against its array's length, and what is computed at the beginning serves all checks that follow: SwiftShader would
// otherwise divide in every iteration, once for each thread.
import package::generated::constants::{
  MICRO_M_PLAIN, MICRO_M_QUAD_SWAP, MICRO_M_WIDE, MICRO_N_PLAIN, MICRO_N_QUAD_SWAP, MICRO_N_WIDE
};
import package::kernel::{left_offset_m, left_value, right_offset_n, right_value};

override THREADS_M: u32 = 4u;
override THREADS_N: u32 = 4u;
// Sizes of arrays have names of their own: with an expression in the array's type, naga (wgpu, Firefox) panics as soon as
// another override follows. See https://github.com/gfx-rs/wgpu/pull/7082, which brought it in.
override TILE_THREADS: u32 = THREADS_M * THREADS_N;
override TILE_ROWS: u32 = THREADS_M * MICRO_M;

@if(quad_swap) const MICRO_M = MICRO_M_QUAD_SWAP;
@elif(wide) const MICRO_M = MICRO_M_WIDE;
@else const MICRO_M = MICRO_M_PLAIN;
@if(quad_swap) const MICRO_N = MICRO_N_QUAD_SWAP;
@elif(wide) const MICRO_N = MICRO_N_WIDE;
@else const MICRO_N = MICRO_N_PLAIN;

/// Where a thread works: its trial, its number in the workgroup, and the first m and n of its workgroup and of its own.
struct Tile {
  trial: u32,
  thread: u32,
  group_m: u32,
  group_n: u32,
  m: u32,
  n: u32,
}

fn tile_of(group: vec3u, local: vec3u) -> Tile {
  let group_m = group.y * THREADS_M * MICRO_M;
  let group_n = group.x * THREADS_N * MICRO_N;
  let thread = local.y * THREADS_N + local.x;
  return Tile(group.z, thread, group_m, group_n, group_m + local.y * MICRO_M, group_n + local.x * MICRO_N);
}

/// A thread's results: MICRO_M rows of MICRO_N / 4 vec4 along n.
alias Results = array<vec4f, MICRO_M * MICRO_N / 4u>;

fn result_at(sums: ptr<function, Results>, i: u32, j: u32) -> f32 {
  return (*sums)[i * (MICRO_N / 4u) + j / 4u][j % 4u];
}

/// The offsets of m and the three after it.
fn left_offsets(trial: u32, m: u32) -> vec4u {
  return vec4u(
    left_offset_m(trial, m),
    left_offset_m(trial, m + 1u),
    left_offset_m(trial, m + 2u),
    left_offset_m(trial, m + 3u),
  );
}

fn right_offsets(trial: u32, n: u32) -> vec4u {
  return vec4u(
    right_offset_n(trial, n),
    right_offset_n(trial, n + 1u),
    right_offset_n(trial, n + 2u),
    right_offset_n(trial, n + 3u),
  );
}

fn left_values(offset_m: vec4u, offset_k: u32) -> vec4f {
  return vec4f(
    left_value(offset_m.x, offset_k),
    left_value(offset_m.y, offset_k),
    left_value(offset_m.z, offset_k),
    left_value(offset_m.w, offset_k),
  );
}

fn right_values(offset_k: u32, offset_n: vec4u) -> vec4f {
  return vec4f(
    right_value(offset_k, offset_n.x),
    right_value(offset_k, offset_n.y),
    right_value(offset_k, offset_n.z),
    right_value(offset_k, offset_n.w),
  );
}
