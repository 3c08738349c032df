// Stored gradients, a `Block` of one layer's parameters for each workgroup, so that one dispatch serves all layers.
import package::kernel::{layer, stored_gradients};
import package::lib::structs::Block;

/// x and y together: large networks have more blocks than one axis may have workgroups.
fn block_index(group: vec3u) -> u32 {
  return group.y * 32768u + group.x;
}

/// The gradient of parameter i of a block: the sum over its splits, in their order, for the same bits in every run.
fn sum_of_splits(trial: u32, block: Block, i: u32) -> f32 {
  let first = trial * layer.stored_gradients + block.gradient + i;
  var sum = 0.0;
  for (var split = 0u; split < block.splits; split++) {
    sum += stored_gradients[first + split * block.split_stride];
  }
  return sum;
}
