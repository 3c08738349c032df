// Four rows of a unit in the resident plan, in the order of rows: every thread reads all that it needs.

/// Of a place that is the same for all threads.
fn shared_rows(place: u32) -> vec4f {
  return units[place];
}

/// Of a thread's own place.
fn own_rows(place: u32) -> vec4f {
  return units[place];
}

fn set_own_rows(place: u32, values: vec4f) {
  units[place] = values;
}
