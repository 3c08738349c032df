// The schedules of src/engine/schedule.ts: the factor on the learning rate in a step, counted from 0.
import package::kernel::trials;

/// cos(pi x) for x in [0, 1], to 1e-7. The built-in may be off by 5e-4: -sin of an angle within a quarter turn instead.
fn cos_pi(x: f32) -> f32 {
  let angle = 3.14159265 * (x - 0.5);
  let s = angle * angle;
  let series = 1.0 + s * (-1.6666667e-1 + s * (8.3333333e-3 + s * (-1.9841270e-4 + s * (2.7557319e-6 + s * -2.5052108e-8))));
  return -angle * series;
}

fn schedule_factor(trial: u32, step: u32) -> f32 {
  let warmup = trials[trial].warmup;
  if (step + 1u < warmup) {
    return f32(step + 1u) / f32(warmup);
  }
  // Division need not be exact, but the last step of a warm-up has the learning rate itself, as the next one has.
  if (step <= warmup) {
    return 1.0;
  }
  let done = step - warmup;
  let share = trials[trial].schedule_factor;
  let period = trials[trial].schedule_period;
  let progress = min(f32(done) / f32(period), 1.0);
  var factor = 1.0; // constant; reduce_on_plateau is done by the host between epochs
  switch trials[trial].schedule {
    case 1u, 2u: { // step, exponential
      // log2 of the factor comes from the host: near 1 the built-in loses most of its digits.
      factor = exp2(max(-126.0, f32(done / period) * trials[trial].schedule_log2_factor));
    }
    case 3u: { // cosine
      factor = share + (1.0 - share) * 0.5 * (1.0 + cos_pi(progress));
    }
    case 4u: { // linear
      factor = 1.0 - (1.0 - share) * progress;
    }
    default: {
    }
  }
  return factor;
}
