// The core of every dense kernel: one tile of   product[m, n] = sum_k left(m, k) right(k, n)   for one trial.
//
// The file it is joined to says what `left_value` and `right_value` are (0 outside their range). A workgroup of
// THREADS_N x THREADS_M threads owns a tile of 4 THREADS_M x 4 THREADS_N results, 4 x 4 a thread in registers: 16
// multiply-adds for two vec4 reads of workgroup memory. Slices of DEPTH along k are first brought into workgroup
// memory by all threads; *_ALONG_K says whether neighbours in memory are neighbours along k, so that neighbouring
// threads read neighbouring addresses. Sums run in the order of k: the same bits every time.
override THREADS_M: u32 = 4u;
override THREADS_N: u32 = 4u;
override DEPTH: u32 = 16u;
override LEFT_ALONG_K: bool = true;
override RIGHT_ALONG_K: bool = true;

var<workgroup> left_tile: array<vec4f, THREADS_M * DEPTH>; // [k, m / 4]
var<workgroup> right_tile: array<vec4f, THREADS_N * DEPTH>; // [k, n / 4]

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

/// This thread's 4 x 4 results, one vec4 along n for each of four m. To be called by all threads of the workgroup.
fn tile_product(place: Place, local: vec3u, depth: u32) -> array<vec4f, 4> {
  var sum = array<vec4f, 4>();
  for (var first_k = 0u; first_k < depth; first_k += DEPTH) {
    for (var i = place.thread; i < THREADS_M * DEPTH; i += THREADS_M * THREADS_N) {
      let k = select(i / THREADS_M, i % DEPTH, LEFT_ALONG_K);
      let m4 = select(i % THREADS_M, i / DEPTH, LEFT_ALONG_K);
      left_tile[k * THREADS_M + m4] = left_four(place.trial, place.group_m + m4 * 4u, first_k + k);
    }
    for (var i = place.thread; i < THREADS_N * DEPTH; i += THREADS_M * THREADS_N) {
      let k = select(i / THREADS_N, i % DEPTH, RIGHT_ALONG_K);
      let n4 = select(i % THREADS_N, i / DEPTH, RIGHT_ALONG_K);
      right_tile[k * THREADS_N + n4] = right_four(place.trial, first_k + k, place.group_n + n4 * 4u);
    }
    workgroupBarrier();
    let count = min(DEPTH, depth - first_k);
    for (var k = 0u; k < count; k++) {
      let left = left_tile[k * THREADS_M + local.y];
      let right = right_tile[k * THREADS_N + local.x];
      sum[0] += left.x * right;
      sum[1] += left.y * right;
      sum[2] += left.z * right;
      sum[3] += left.w * right;
    }
    workgroupBarrier();
  }
  return sum;
}
