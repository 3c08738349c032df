// A hidden layer while training: the next layer's input a = f(z) d, and f'(z) d for the way back, both [trial, row,
// unit], with the d of dropout.wgsl.
@group(0) @binding(7) var<storage, read_write> results: array<f32>;
@group(0) @binding(8) var<storage, read_write> slopes: array<f32>;

/// Whether any trial drops units of this layer.
override DROPS: bool = true;

var<private> dropout: Dropout;

fn output_length() -> u32 {
  return min(arrayLength(&results), arrayLength(&slopes));
}

fn prepare(place: Place) {
  if (DROPS) {
    dropout = dropout_of(place.trial, current_step(place.trial), layer.index);
  }
}

fn output(place: Place, m: u32, n: u32, z: f32) {
  let kind = activation_of(place.trial);
  let a = activate(kind, z);
  var d = 1.0;
  if (DROPS) {
    d = dropout_factor(dropout, m * layer.outputs + n);
  }
  let at = (place.trial * layer.rows + m) * layer.outputs + n;
  results[at] = a * d;
  slopes[at] = slope(kind, z, a) * d;
}

fn finish(place: Place, group: vec3u, groups: vec3u) {}
