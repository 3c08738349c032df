// The schedules of src/engine/schedule.ts: the factor on the learning rate in a step, counted from 0.
import package::generated::constants::{
  SCHEDULE_COSINE, SCHEDULE_COSLOG4, SCHEDULE_EXPONENTIAL, SCHEDULE_FLAT_COSINE, SCHEDULE_LINEAR, SCHEDULE_STEP
};
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
  let kind = trials[trial].schedule;
  // Division need not be exact, but the last step of a warm-up has the learning rate itself, as the next ones have.
  let begin = warmup + trials[trial].schedule_flat;
  if (step <= begin && kind != SCHEDULE_COSLOG4) {
    return 1.0;
  }
  let done = step - begin;
  let share = trials[trial].schedule_factor;
  let period = trials[trial].schedule_period;
  let progress = min(f32(done) / f32(period), 1.0);
  var factor = 1.0; // constant; reduce_on_plateau is done by the host between epochs
  switch kind {
    case SCHEDULE_STEP, SCHEDULE_EXPONENTIAL: {
      // log2 of the factor comes from the host: near 1 the built-in loses most of its digits.
      factor = exp2(max(-126.0, f32(done / period) * trials[trial].schedule_log2_factor));
    }
    case SCHEDULE_COSINE, SCHEDULE_FLAT_COSINE: {
      factor = share + (1.0 - share) * 0.5 * (1.0 + cos_pi(progress));
    }
    case SCHEDULE_LINEAR: {
      factor = 1.0 - (1.0 - share) * progress;
    }
    case SCHEDULE_COSLOG4: {
      // cos(2 pi x) has period 1 and is even about 1/2.
      let turn = fract(log2(1.0 + 15.0 * progress));
      factor = 0.5 * (1.0 - cos_pi(2.0 * min(turn, 1.0 - turn)));
    }
    default: {
    }
  }
  return factor;
}
