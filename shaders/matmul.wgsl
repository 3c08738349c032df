// Every dense kernel is a tile of   product[m, n] = sum_k left(m, k) right(k, n)   for one trial.
//
// The file it is joined to says what `left_value` and `right_value` are; they are only asked for k in range, and what
// they return for an m or n out of range is computed with but never stored. A workgroup of THREADS_N x THREADS_M
// threads owns 4 THREADS_M x 4 THREADS_N results, 4 x 4 a thread, in registers: 16 multiply-adds for 8 values. How the
// values come to the thread is `tile_product`, in two variants of the same sums in the same order: matmul_tiled.wgsl
// and matmul_direct.wgsl. The engine measures which one an adapter runs faster.
override THREADS_M: u32 = 4u;
override THREADS_N: u32 = 4u;

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
  let group_m = group.y * THREADS_M * 4u;
  let group_n = group.x * THREADS_N * 4u;
  return Place(group.z, local.y * THREADS_N + local.x, group_m, group_n, group_m + local.y * 4u, group_n + local.x * 4u);
}

fn left_four(trial: u32, m: u32, k: u32) -> vec4f {
  return vec4f(
    left_value(trial, m, k),
    left_value(trial, m + 1u, k),
    left_value(trial, m + 2u, k),
    left_value(trial, m + 3u, k),
  );
}

fn right_four(trial: u32, k: u32, n: u32) -> vec4f {
  return vec4f(
    right_value(trial, k, n),
    right_value(trial, k, n + 1u),
    right_value(trial, k, n + 2u),
    right_value(trial, k, n + 3u),
  );
}
