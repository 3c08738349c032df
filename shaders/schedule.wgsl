// The schedules of src/engine/schedule.ts: the factor on the learning rate in a step, counted from 0.

/// cos(pi x) for x in [0, 1], to 1e-7. The built-in may be off by 5e-4: -sin of an angle within a quarter turn instead.
fn cos_pi(x: f32) -> f32 {
  let angle = 3.14159265 * (x - 0.5);
  let s = angle * angle;
  let series = 1.0 + s * (-1.6666667e-1 + s * (8.3333333e-3 + s * (-1.9841270e-4 + s * (2.7557319e-6 + s * -2.5052108e-8))));
  return -angle * series;
}

fn schedule_factor(trial: u32, step: u32, steps_per_epoch: u32) -> f32 {
  let kind = trials[trial].schedule;
  let share = trials[trial].schedule_factor;
  let period = trials[trial].schedule_period;
  let warmup = trials[trial].warmup * f32(steps_per_epoch);
  let rise = select(1.0, min(f32(step + 1u) / warmup, 1.0), warmup > 0.0);
  let progress = min(f32(step) / f32(steps_per_epoch) / period, 1.0);
  switch kind {
    case 1u, 2u: { // step, exponential
      let drops = (step / steps_per_epoch) / u32(period);
      // log2 of the factor comes from the host: near 1 the built-in loses most of its digits.
      return rise * exp2(max(-126.0, f32(drops) * trials[trial].schedule_log2_factor));
    }
    case 3u: { // cosine
      return rise * (share + (1.0 - share) * 0.5 * (1.0 + cos_pi(progress)));
    }
    case 4u: { // linear
      return rise * (1.0 - (1.0 - share) * progress);
    }
    default: { // constant; reduce_on_plateau is done by the host between epochs
      return rise;
    }
  }
}
