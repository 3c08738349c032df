// Every dense kernel is a tile of   product[m, n] = sum_k left(m, k) right(k, n)   for one trial.
//
// The file it is joined to says where values lie: `left_at_m`, `left_at_k`, `right_at_k` and `right_at_n`, each worked out
// once for many products, and `left_value` and `right_value`, which read at two such places. They are only asked for k in
// range, and what they return for an m or n out of range is computed with but never stored. A workgroup of THREADS_N x
// THREADS_M threads owns THREADS_M MICRO_M x THREADS_N MICRO_N results, MICRO_M x MICRO_N a thread, in registers. How the
// values come to the thread is `tile_product`, in variants of the same sums in the same order: matmul_tiled*.wgsl through
// workgroup memory, matmul_direct*.wgsl without; *_wide with 8 x 8 results a thread, *_lanes with 16 x 4, the others with
// 4 x 4. The engine measures which one a product runs fastest with.
//
// A kernel begins by asking for the lengths of all that it will read and write in loops. None is 0; but every access is held
// against its array's length, and what is worked out at the beginning serves all that follows, where SwiftShader would
// divide, once for each thread, in every turn of every loop.
override THREADS_M: u32 = 4u;
override THREADS_N: u32 = 4u;
// Sizes of arrays have names of their own: with an expression in the array's type, naga (wgpu, Firefox) panics as soon as
// another override follows. See https://github.com/gfx-rs/wgpu/pull/7082, which brought it in.
override THREADS: u32 = THREADS_M * THREADS_N;
override TILE_ROWS: u32 = THREADS_M * MICRO_M;

/// Where a thread works: its trial, its number in the workgroup, and the first m and n of its workgroup and its own.
struct Place {
  trial: u32,
  thread: u32,
  group_m: u32,
  group_n: u32,
  m: u32,
  n: u32,
}

fn place_of(group: vec3u, local: vec3u) -> Place {
  let group_m = group.y * THREADS_M * MICRO_M;
  let group_n = group.x * THREADS_N * MICRO_N;
  let thread = local.y * THREADS_N + local.x;
  return Place(group.z, thread, group_m, group_n, group_m + local.y * MICRO_M, group_n + local.x * MICRO_N);
}

/// A thread's results: MICRO_M rows of MICRO_N / 4 vec4 along n.
alias Results = array<vec4f, MICRO_M * MICRO_N / 4u>;

fn result(sums: ptr<function, Results>, i: u32, j: u32) -> f32 {
  return (*sums)[i * (MICRO_N / 4u) + j / 4u][j % 4u];
}

/// Where m and the three after it lie.
fn left_at_four(trial: u32, m: u32) -> vec4u {
  return vec4u(left_at_m(trial, m), left_at_m(trial, m + 1u), left_at_m(trial, m + 2u), left_at_m(trial, m + 3u));
}

fn right_at_four(trial: u32, n: u32) -> vec4u {
  return vec4u(right_at_n(trial, n), right_at_n(trial, n + 1u), right_at_n(trial, n + 2u), right_at_n(trial, n + 3u));
}

fn left_four(at_m: vec4u, at_k: u32) -> vec4f {
  return vec4f(
    left_value(at_m.x, at_k),
    left_value(at_m.y, at_k),
    left_value(at_m.z, at_k),
    left_value(at_m.w, at_k),
  );
}

fn right_four(at_k: u32, at_n: vec4u) -> vec4f {
  return vec4f(
    right_value(at_k, at_n.x),
    right_value(at_k, at_n.y),
    right_value(at_k, at_n.z),
    right_value(at_k, at_n.w),
  );
}
