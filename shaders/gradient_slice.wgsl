// The sum over one slice of a batch is kept, for sum_slices.wgsl or update.wgsl to add up. `at` counts from the layer's
// first parameter.
@group(0) @binding(12) var<storage, read_write> stored_gradients: array<f32>; // [trial, layer, slice, parameter]

fn taken_length() -> u32 {
  return arrayLength(&stored_gradients);
}

fn prepare(trial: u32) {}

fn take(trial: u32, slice: u32, at: u32, is_bias: bool, gradient: f32) {
  let first = trial * layer.stored + layer.first_stored + slice * (layer.inputs + 1u) * layer.outputs;
  stored_gradients[first + at] = gradient;
}

fn finish(place: Place, group: vec3u, groups: vec3u) {}
