// Every trial has its own activation in this layer.

fn activation_of(trial: u32) -> u32 {
  return trials[trial].activations[layer.index];
}
