// For weight gradients that are not the last dispatch of a step.

fn end_step(trial: u32, thread: u32, group: vec3u) {}
