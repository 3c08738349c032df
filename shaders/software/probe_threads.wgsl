// What a thread costs: one workgroup of THREADS threads that meet at a barrier again and again. On a GPU 64 threads take as
// long as 4; on an adapter that emulates a workgroup on one core they take many times as long, beyond its vector's width.
@group(0) @binding(0) var<storage, read_write> result: array<u32>;

override THREADS: u32 = 64u;
override ROUNDS: u32 = 3000u;

var<workgroup> values: array<u32, THREADS>;

@compute @workgroup_size(THREADS)
fn main(@builtin(local_invocation_index) thread: u32) {
  var value = thread + result[0];
  for (var round = 0u; round < ROUNDS; round++) {
    values[thread] = value;
    workgroupBarrier();
    value = value * 1664525u + values[(thread + 1u) % THREADS];
    workgroupBarrier();
  }
  if (value == 12345u) { // so that the loop has a purpose
    result[1] = value;
  }
}
