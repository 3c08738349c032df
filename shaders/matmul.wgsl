// Every dense kernel is a tile of   product[m, n] = sum_k left(m, k) right(k, n)   for one trial.
//
// The file it is joined to says what `left_value` and `right_value` are; they are only asked for k in range, and what
// they return for an m or n out of range is computed with but never stored. A workgroup of THREADS_N x THREADS_M
// threads owns THREADS_M MICRO x THREADS_N MICRO results, MICRO x MICRO a thread, in registers: MICRO^2 multiply-adds for
// 2 MICRO values. How the values come to the thread is `tile_product`, in variants of the same sums in the same order:
// matmul_tiled*.wgsl through workgroup memory, matmul_direct*.wgsl without; *_wide with MICRO = 8, the others with 4. The
// engine measures which one a product runs fastest with.
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
  let group_m = group.y * THREADS_M * MICRO;
  let group_n = group.x * THREADS_N * MICRO;
  let thread = local.y * THREADS_N + local.x;
  return Place(group.z, thread, group_m, group_n, group_m + local.y * MICRO, group_n + local.x * MICRO);
}

/// A thread's results: MICRO rows of MICRO / 4 vec4 along n.
alias Results = array<vec4f, MICRO * MICRO / 4u>;

fn result(sums: ptr<function, Results>, i: u32, j: u32) -> f32 {
  return (*sums)[i * (MICRO / 4u) + j / 4u][j % 4u];
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
