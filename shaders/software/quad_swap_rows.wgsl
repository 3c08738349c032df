// Four rows of a unit in the resident kernel where the four threads of a workgroup are lanes of one vector and a read costs
// more than arithmetic: each reads one row and shows it to the others by swapping, which moves the lanes of a vector by one
// instruction. So a thread has row i ^ thread as component i, in all that it holds of rows. What it sums over rows it sums in
// that order, which depends on the unit alone: a trial has the same bits in every population.
import package::kernel::{activations, thread};

enable subgroups;

/// At an index that is the same for all threads. So is control flow around the swaps, which cannot be seen from private variables.
@diagnostic(off, subgroup_uniformity)
fn quad_shared_rows(index: u32) -> vec4f {
  let row = activations[index][thread];
  return vec4f(row, quadSwapX(row), quadSwapY(row), quadSwapDiagonal(row));
}

/// At a thread's own index.
fn quad_own_rows(index: u32) -> vec4f {
  return vec4f(activations[index][thread], activations[index][thread ^ 1u], activations[index][thread ^ 2u], activations[index][thread ^ 3u]);
}

fn quad_set_own_rows(index: u32, values: vec4f) {
  activations[index][thread] = values.x;
  activations[index][thread ^ 1u] = values.y;
  activations[index][thread ^ 2u] = values.z;
  activations[index][thread ^ 3u] = values.w;
}
