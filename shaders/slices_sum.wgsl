// The slices' sums of one parameter, added up in their order: the same bits at every run.

fn slices_sum(trial: u32, block: Block, i: u32) -> f32 {
  let first = trial * layer.stored + block.stored + i;
  var sum = 0.0;
  for (var slice = 0u; slice < block.slices; slice++) {
    sum += stored_gradients[first + slice * block.stride];
  }
  return sum;
}

/// x and y together: a large arena has more workgroups than one axis may have.
fn block_of(group: vec3u) -> u32 {
  return group.y * 32768u + group.x;
}
