// A hidden layer while training: the next layer's input a = f(z) d, and f'(z) d for the way back, both [trial, row,
// unit], with the d of dropout.wgsl.
@group(0) @binding(7) var<storage, read_write> results: array<f32>;
@group(0) @binding(8) var<storage, read_write> slopes: array<f32>;

fn output(place: Place, m: u32, n: u32, z: f32) {
  let trial = place.trial;
  let d = dropout_factor(trial, current_step(trial), layer.index, m * layer.outputs + n);
  let kind = activation_of(trial);
  let a = activate(kind, z);
  let at = (trial * layer.rows + m) * layer.outputs + n;
  results[at] = a * d;
  slopes[at] = slope(kind, z, a) * d;
}

fn finish(place: Place, group: vec3u, groups: vec3u) {}
