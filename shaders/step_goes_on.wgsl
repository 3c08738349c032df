// For weight gradients that are not the last dispatch of a step.

fn end_step(place: Place, group: vec3u) {}
