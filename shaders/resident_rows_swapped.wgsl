enable subgroups;
// Control flow around swaps is the same for all threads; that cannot be seen from private variables.
diagnostic(off, subgroup_uniformity);

// Four rows of a unit in the resident plan where the four threads of a workgroup are lanes of one vector and a read costs
// more than arithmetic: each reads one row and shows it to the others by swapping, which moves the lanes of a vector by
// one instruction. So a thread has row i ^ thread as component i, in all that it holds of rows. What it sums over rows, it
// sums in that order, which goes by the unit alone: a trial has the same bits in every population.

/// Of a place that is the same for all threads.
fn shared_rows(place: u32) -> vec4f {
  let row = units[place][thread];
  return vec4f(row, quadSwapX(row), quadSwapY(row), quadSwapDiagonal(row));
}

/// Of a thread's own place.
fn own_rows(place: u32) -> vec4f {
  return vec4f(units[place][thread], units[place][thread ^ 1u], units[place][thread ^ 2u], units[place][thread ^ 3u]);
}

fn set_own_rows(place: u32, values: vec4f) {
  units[place][thread] = values.x;
  units[place][thread ^ 1u] = values.y;
  units[place][thread ^ 2u] = values.z;
  units[place][thread ^ 3u] = values.w;
}
