// The result is a prediction, or the next layer's input on the way to one: [trial, row, unit].
@group(0) @binding(7) var<storage, read_write> results: array<f32>;

fn output_length() -> u32 {
  return arrayLength(&results);
}

fn prepare(place: Place) {}

fn output(place: Place, m: u32, n: u32, z: f32) {
  results[(place.trial * layer.rows + m) * layer.outputs + n] = activate(activation_of(place.trial), z);
}

fn finish(place: Place, group: vec3u, groups: vec3u) {}
