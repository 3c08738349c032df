// What the kernels of a periodic layer share: which inputs have cosines, and cosines themselves.
import package::kernel::{embedded, layer, parameters};

/// Two numbers of 16 bits an element, the low one for the j-th embedded input: its number among the layer's inputs; the high
/// one for input i: 1 + its j, or 0 where it is not embedded. A uniform, because the forward kernel has no room for one more
/// storage buffer; as large as WebGPU's default allows.
alias EmbeddedInputs = array<vec4u, 4096>;

fn embedded_element(index: u32) -> u32 {
  return embedded[index / 4u][index % 4u];
}

/// The input of cosine o.
fn source_of(o: u32) -> u32 {
  return embedded_element(o / layer.frequencies) & 0xffffu;
}

/// The first cosine of input i, and how many it has.
fn cosines_of(i: u32) -> vec2u {
  let place = embedded_element(i) >> 16u;
  return select(vec2u((place - 1u) * layer.frequencies, layer.frequencies), vec2u(), place == 0u);
}

/// cos(2 pi t) for t of any size: sin(2 pi q) of q = 1/4 - |t - round(t)|, to 2e-7. WGSL allows its own cos an error of 2^-11.
fn cosine_of_turns(t: f32) -> f32 {
  let q = 0.25 - abs(t - floor(t + 0.5));
  let square = q * q;
  let series = -76.549782 + square * 39.536705;
  return q * (6.283185 + square * (-41.341656 + square * (81.601006 + square * series)));
}

fn sine_of_turns(t: f32) -> f32 {
  return cosine_of_turns(t - 0.25);
}

/// frequency x + phase / 2 pi of cosine o
fn turns_of(trial: u32, o: u32, x: f32) -> f32 {
  let first = trial * layer.parameters + o;
  return parameters[first + layer.weight] * x + parameters[first + layer.bias] * 0.15915494;
}
