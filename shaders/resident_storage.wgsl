// The units of the resident plan in storage. Each workgroup has its own part, so it fits wherever the buffer does. On
// SwiftShader, which clears workgroup memory one number an instruction, 10 kB of it take 3 seconds to compile.
@group(0) @binding(13) var<storage, read_write> units: array<vec4f>; // [trial, unit, row / 4]

fn units_length() -> u32 {
  return arrayLength(&units);
}

/// Where this trial's units begin.
fn origin() -> u32 {
  return trial * UNITS;
}

fn units_barrier() {
  storageBarrier();
  workgroupBarrier();
}
