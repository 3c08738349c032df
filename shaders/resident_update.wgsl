// What becomes of a gradient in the resident plan: the optimizer takes it at once (FUSED; see optimizer.wgsl), or it waits
// in `gradients` until the whole gradient is there and the arena is updated in one go. It has to wait where the trial clips:
//   g *= min(1, clip_norm / (|g| + 1e-6))   with |g| over all parameters of the trial, before l1 and l2;
// and on an adapter that computes both sides of every branch it had better where trials have different optimizers, so that
// the choice of one is outside the loop over parameters.
@group(0) @binding(11) var<storage, read_write> moments: array<vec2f>; // [trial, parameter]
@group(0) @binding(12) var<storage, read_write> gradients: array<f32>; // [trial, parameter]

override FUSED: bool = true;
/// Whether any trial clips.
override CLIPS: bool = false;
/// Bit k: some trial has update k. Only for adapters that take long over every instruction: the others are not compiled.
override UPDATES: u32 = 15u;

/// Threads that share the sum of squares, however many there are: the order of a sum is fixed.
const LANES = 64u;
var<workgroup> square_shares: array<f32, LANES>;

fn take(index: u32, is_bias: bool, parameter: f32, gradient: f32) {
  // Two questions, so that where the first is answered by a constant nothing is compiled for the other.
  if (!FUSED) {
    gradients[index] = gradient;
  } else if (CLIPS && clips) {
    gradients[index] = gradient;
  } else {
    apply(index, is_bias, parameter, gradient);
  }
}

fn apply(index: u32, is_bias: bool, parameter: f32, gradient: f32) {
  let kind = kind_of_update();
  var slots = vec2f();
  if (kind != SGD) {
    slots = moments[index];
  }
  let updated = optimize(kind, rule, is_bias, parameter, gradient, slots);
  parameters[index] = updated.parameter;
  if (kind != SGD) {
    moments[index] = updated.slots;
  }
}

/// `take` for the weight at an index, and three more, `next` from it. One of them may be there more than once, always with
/// the same gradient: all is read before anything is written.
fn take_four(at: u32, next: vec4u, weights: vec4f, gradient: vec4f) {
  if (!FUSED) {
    for (var i = 0u; i < 4u; i++) {
      gradients[at + next[i]] = gradient[i];
    }
    return;
  }
  let kind = kind_of_update();
  var slots = array<vec2f, 4>();
  if (kind != SGD) {
    slots = array(moments[at], moments[at + next.y], moments[at + next.z], moments[at + next.w]);
  }
  let first = optimize(kind, rule, false, weights.x, gradient.x, slots[0]);
  let second = optimize(kind, rule, false, weights.y, gradient.y, slots[1]);
  let third = optimize(kind, rule, false, weights.z, gradient.z, slots[2]);
  let fourth = optimize(kind, rule, false, weights.w, gradient.w, slots[3]);
  parameters[at] = first.parameter;
  parameters[at + next.y] = second.parameter;
  parameters[at + next.z] = third.parameter;
  parameters[at + next.w] = fourth.parameter;
  if (kind != SGD) {
    moments[at] = first.slots;
    moments[at + next.y] = second.slots;
    moments[at + next.z] = third.slots;
    moments[at + next.w] = fourth.slots;
  }
}

/// A constant where all trials have the same.
fn kind_of_update() -> u32 {
  if (countOneBits(UPDATES) == 1u) {
    return firstTrailingBit(UPDATES);
  }
  return update_kind;
}

fn update_arena() {
  var scale = 1.0;
  if (CLIPS) {
    scale = clip_scale();
  }
  switch update_kind {
    case SGD: {
      if ((UPDATES & (1u << SGD)) != 0u) {
        update_layers(SGD, scale);
      }
    }
    case MOMENTUM: {
      if ((UPDATES & (1u << MOMENTUM)) != 0u) {
        update_layers(MOMENTUM, scale);
      }
    }
    case RMSPROP: {
      if ((UPDATES & (1u << RMSPROP)) != 0u) {
        update_layers(RMSPROP, scale);
      }
    }
    default: {
      if ((UPDATES & (1u << ADAM)) != 0u) {
        update_layers(ADAM, scale);
      }
    }
  }
  storageBarrier();
  workgroupBarrier();
}

fn update_layers(kind: u32, scale: f32) {
  for (var layer = 0u; layer < plan.layers; layer++) {
    let shape = shape_of(layer);
    for (var i = shape.weight + thread; i < shape.bias + shape.outputs; i += THREADS) {
      var slots = vec2f();
      if (kind != SGD) {
        slots = moments[i];
      }
      let updated = optimize(kind, rule, i >= shape.bias, parameters[i], gradients[i] * scale, slots);
      parameters[i] = updated.parameter;
      if (kind != SGD) {
        moments[i] = updated.slots;
      }
    }
  }
}

fn clip_scale() -> f32 {
  for (var lane = thread; lane < LANES; lane += THREADS) {
    var squares = 0.0;
    for (var i = arena + lane; i < arena + plan.parameters; i += LANES) {
      squares += gradients[i] * gradients[i];
    }
    square_shares[lane] = squares;
  }
  workgroupBarrier();
  var squares = 0.0;
  for (var lane = 0u; lane < LANES; lane++) {
    squares += square_shares[lane];
  }
  return select(1.0, min(1.0, trials[trial].clip_norm / (sqrt(squares) + 1e-6)), clips);
}
