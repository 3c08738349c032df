// The input is what the layer before wrote, or rows given for a prediction: [trial, row, unit].
@group(0) @binding(4) var<storage, read> units: array<f32>;

fn input_length() -> u32 {
  return arrayLength(&units);
}

fn begin(place: Place) {}

/// Where a row's units lie.
fn input_at(trial: u32, row: u32) -> u32 {
  return trial * layer.input_stride + row * layer.inputs;
}

fn input_value(at: u32, unit: u32) -> f32 {
  return units[at + unit];
}
