// A gradient is kept for update.wgsl, and this workgroup's share of its squared norm with it. `at` counts from the
// layer's first parameter.
@group(0) @binding(12) var<storage, read_write> stored_gradients: array<f32>; // [trial, layer, slice, parameter]
@group(0) @binding(13) var<storage, read_write> norms: array<f32>; // [trial, tile of any layer]

var<workgroup> square_shares: array<f32, THREADS>;
var<private> squares: f32 = 0.0;

fn taken_length() -> u32 {
  return arrayLength(&stored_gradients);
}

fn prepare(trial: u32) {}

fn take(trial: u32, slice: u32, at: u32, is_bias: bool, gradient: f32) {
  stored_gradients[trial * layer.stored + layer.first_stored + at] = gradient;
  squares += gradient * gradient;
}

fn finish(place: Place, group: vec3u, groups: vec3u) {
  square_shares[place.thread] = squares;
  workgroupBarrier();
  if (place.thread == 0u) {
    var sum = 0.0;
    for (var i = 0u; i < THREADS; i++) {
      sum += square_shares[i];
    }
    norms[place.trial * layer.norm_partials + layer.first_norm + group.y * groups.x + group.x] = sum;
  }
}
