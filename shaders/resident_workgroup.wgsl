// The units of the resident plan in workgroup memory.
var<workgroup> units: array<vec4f, UNITS>;

fn units_length() -> u32 {
  return UNITS;
}

/// Where this trial's units begin.
fn origin() -> u32 {
  return 0u;
}

fn units_barrier() {
  workgroupBarrier();
}
