// What becomes of a gradient in the resident plan: the optimizer takes it at once (see optimizer.wgsl), or, where the
// trial clips, it waits until the whole gradient is there:
//   g *= min(1, clip_norm / (|g| + 1e-6))   with |g| over all parameters of the trial, before l1 and l2.
@group(0) @binding(11) var<storage, read_write> moments: array<vec2f>; // [trial, parameter]
@group(0) @binding(12) var<storage, read_write> gradients: array<f32>; // [trial, parameter]

/// Whether any trial clips.
override CLIPS: bool = false;

/// Threads that share the sum of squares, however many there are: the order of a sum is fixed.
const LANES = 64u;
var<workgroup> square_shares: array<f32, LANES>;

fn take(index: u32, is_bias: bool, parameter: f32, gradient: f32) {
  if (CLIPS && trials[trial].clip_norm > 0.0) {
    gradients[index] = gradient;
  } else {
    apply(index, is_bias, parameter, gradient);
  }
}

fn apply(index: u32, is_bias: bool, parameter: f32, gradient: f32) {
  var slots = vec2f();
  if (update_kind != SGD) {
    slots = moments[index];
  }
  let updated = optimize(update_kind, rule, is_bias, parameter, gradient, slots);
  parameters[index] = updated.parameter;
  if (update_kind != SGD) {
    moments[index] = updated.slots;
  }
}

fn update_clipped() {
  for (var lane = thread; lane < LANES; lane += THREADS) {
    var squares = 0.0;
    for (var i = lane; i < plan.parameters; i += LANES) {
      squares += gradients[arena + i] * gradients[arena + i];
    }
    square_shares[lane] = squares;
  }
  workgroupBarrier();
  var squares = 0.0;
  for (var lane = 0u; lane < LANES; lane++) {
    squares += square_shares[lane];
  }
  let scale = min(1.0, trials[trial].clip_norm / (sqrt(squares) + 1e-6));
  for (var layer = 0u; layer < plan.layers; layer++) {
    let shape = shape_of(layer);
    for (var i = shape.weight + thread; i < shape.bias + shape.outputs; i += THREADS) {
      apply(i, i >= shape.bias, parameters[i], gradients[i] * scale);
    }
  }
  storageBarrier();
  workgroupBarrier();
}
