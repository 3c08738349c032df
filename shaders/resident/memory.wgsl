// How the resident kernel accesses its activations [unit, row / 4], in workgroup memory, or in storage under `in_storage`, where each
// workgroup has its own part. SwiftShader clears workgroup memory one number an instruction: 10 kB of it take 3 s to compile.
import package::kernel::{UNITS, activations, trial};
@if(quad_swap) import package::software::quad_swap_rows::{quad_own_rows, quad_set_own_rows, quad_shared_rows};

fn activations_length() -> u32 {
  @if(in_storage) return arrayLength(&activations);
  @else return UNITS;
}

/// Where this trial's activations begin.
fn origin() -> u32 {
  @if(in_storage) return trial * UNITS;
  @else return 0u;
}

fn activations_barrier() {
  @if(in_storage) storageBarrier();
  workgroupBarrier();
}

/// Four rows at an index that is the same for all threads.
fn shared_rows(index: u32) -> vec4f {
  @if(quad_swap) return quad_shared_rows(index);
  @else return activations[index];
}

/// Four rows at a thread's own index.
fn own_rows(index: u32) -> vec4f {
  @if(quad_swap) return quad_own_rows(index);
  @else return activations[index];
}

fn set_own_rows(index: u32, values: vec4f) {
  @if(quad_swap) quad_set_own_rows(index, values);
  @else activations[index] = values;
}
