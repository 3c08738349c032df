// What a forward pass multiplies, for forward.wgsl and forward_softmax.wgsl: left are the rows' inputs, right the weights.
@group(0) @binding(0) var<uniform> layer: Layer;
@group(0) @binding(1) var<storage, read> trials: array<Trial>;
@group(0) @binding(3) var<storage, read> parameters: array<f32>; // [trial, parameter]

fn left_at_m(trial: u32, m: u32) -> u32 {
  return input_at(trial, m);
}

fn left_at_k(trial: u32, k: u32) -> u32 {
  return k;
}

fn left_value(at_m: u32, at_k: u32) -> f32 {
  return input_value(at_m, at_k);
}

fn right_at_k(trial: u32, k: u32) -> u32 {
  return k;
}

fn right_at_n(trial: u32, n: u32) -> u32 {
  return trial * layer.parameters + layer.weight + n * layer.inputs;
}

fn right_value(at_k: u32, at_n: u32) -> f32 {
  return parameters[at_n + at_k];
}
