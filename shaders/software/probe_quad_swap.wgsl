enable subgroups;

// Whether the four threads of a workgroup are the first four lanes of one subgroup, in order, as quad_swap_product.wgsl
// and quad_swap_rows.wgsl need them: WGSL does not promise it. Whom every thread meets when it swaps.
@group(0) @binding(0) var<storage, read_write> seen: array<vec4u, 4>;

@compute @workgroup_size(4)
fn main(@builtin(local_invocation_index) thread: u32) {
  seen[thread] = vec4u(thread, quadSwapX(thread), quadSwapY(thread), quadSwapDiagonal(thread));
}
