// A hidden layer while training: the next layer's input a = f(z) d, and f'(z) d for the way back, both [trial, row,
// unit]. d is 1, or with dropout 0 or 1 / (1 - rate), by a hash of (seed, step, layer, row, unit).
@group(0) @binding(7) var<storage, read_write> results: array<f32>;
@group(0) @binding(8) var<storage, read_write> slopes: array<f32>;

fn output(place: Place, m: u32, n: u32, z: f32) {
  let trial = place.trial;
  let threshold = trials[trial].dropout_threshold[layer.index];
  var d = 1.0;
  if (threshold != 0u) {
    let key = dropout_key(trials[trial].seed, current_step(trial), layer.index);
    d = select(trials[trial].dropout_scale[layer.index], 0.0, hash2(key, m * layer.outputs + n) < threshold);
  }
  let a = activate(z);
  let at = (trial * layer.rows + m) * layer.outputs + n;
  results[at] = a * d;
  slopes[at] = slope(z, a) * d;
}

fn finish(place: Place, group: vec3u, groups: vec3u) {}
