// The matrix product without workgroup memory, 16 x 4 results a thread, by a workgroup of four threads side by side along n:
// each reads a quarter of the left values and shows it to the others. Where a read costs more than arithmetic and threads are
// lanes of one vector (SwiftShader), that is 8 reads for 64 multiply-adds instead of 16.
//
// Threads show their values by swapping, which moves the lanes of a vector by one instruction: what thread t gets of row i of
// four is row i ^ t. So its sums are in another order than the other threads' until the end.
//
// Code is kept short: an iteration has to fit in what a core holds of instructions (32 kB).
import package::kernel::{left_offset_k, left_offset_m, left_value, right_offset_k};
import package::matmul::tile::{Results, Tile, right_offsets, right_values};

enable subgroups;

fn quad_swap_product(tile: Tile, local: vec3u, depth: u32) -> Results {
  let offset_m = every_fourth_left_offset(tile.trial, tile.m + local.x);
  let offset_n = right_offsets(tile.trial, tile.n);
  var sum = Results();
  // The first k stands before the loop: so does then what the reads have in common.
  add_products(&sum, tile.trial, offset_m, offset_n, 0u);
  var k = 1u;
  for (; k + 2u < depth; k += 3u) {
    add_products(&sum, tile.trial, offset_m, offset_n, k);
    add_products(&sum, tile.trial, offset_m, offset_n, k + 1u);
    add_products(&sum, tile.trial, offset_m, offset_n, k + 2u);
  }
  for (; k < depth; k++) {
    add_products(&sum, tile.trial, offset_m, offset_n, k);
  }
  sort_rows(&sum, 0u, local.x);
  sort_rows(&sum, 4u, local.x);
  sort_rows(&sum, 8u, local.x);
  sort_rows(&sum, 12u, local.x);
  return sum;
}

/// The offsets of m and of every fourth after it.
fn every_fourth_left_offset(trial: u32, m: u32) -> vec4u {
  return vec4u(left_offset_m(trial, m), left_offset_m(trial, m + 4u), left_offset_m(trial, m + 8u), left_offset_m(trial, m + 12u));
}

/// What one k adds.
fn add_products(sum: ptr<function, Results>, trial: u32, offset_m: vec4u, offset_n: vec4u, k: u32) {
  let left_k = left_offset_k(trial, k);
  let right = right_values(right_offset_k(trial, k), offset_n);
  add_rows(sum, 0u, left_value(offset_m.x, left_k), right);
  add_rows(sum, 4u, left_value(offset_m.y, left_k), right);
  add_rows(sum, 8u, left_value(offset_m.z, left_k), right);
  add_rows(sum, 12u, left_value(offset_m.w, left_k), right);
}

/// Four rows of results, whose left values the four threads have.
fn add_rows(sum: ptr<function, Results>, first: u32, left: f32, right: vec4f) {
  (*sum)[first] = fma(vec4f(left), right, (*sum)[first]);
  (*sum)[first + 1u] = fma(vec4f(quadSwapX(left)), right, (*sum)[first + 1u]);
  (*sum)[first + 2u] = fma(vec4f(quadSwapY(left)), right, (*sum)[first + 2u]);
  (*sum)[first + 3u] = fma(vec4f(quadSwapDiagonal(left)), right, (*sum)[first + 3u]);
}

/// Four rows, i ^ thread so far, by i.
fn sort_rows(sum: ptr<function, Results>, first: u32, thread: u32) {
  let odd = (thread & 1u) != 0u;
  let high = (thread & 2u) != 0u;
  let a = select((*sum)[first], (*sum)[first + 1u], odd);
  let b = select((*sum)[first + 1u], (*sum)[first], odd);
  let c = select((*sum)[first + 2u], (*sum)[first + 3u], odd);
  let d = select((*sum)[first + 3u], (*sum)[first + 2u], odd);
  (*sum)[first] = select(a, c, high);
  (*sum)[first + 1u] = select(b, d, high);
  (*sum)[first + 2u] = select(c, a, high);
  (*sum)[first + 3u] = select(d, b, high);
}
