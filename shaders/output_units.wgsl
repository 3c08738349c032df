// The result is the next layer's input, or a prediction: [trial, row, unit].
@group(0) @binding(7) var<storage, read_write> results: array<f32>;

fn output(place: Place, m: u32, n: u32, value: f32) {
  results[(place.trial * layer.rows + m) * layer.outputs + n] = value;
}

fn finish(place: Place, group: vec3u, groups: vec3u) {}
