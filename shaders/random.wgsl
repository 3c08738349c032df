// The functions of src/random/counter.ts and src/random/shuffle.ts, bit for bit.

fn hash(value: u32) -> u32 {
  var x = value;
  x = (x ^ (x >> 16u)) * 0x21f0aaadu;
  x = (x ^ (x >> 15u)) * 0x735a2d97u;
  return x ^ (x >> 15u);
}

/// Hash of two values; the order matters.
fn hash2(a: u32, b: u32) -> u32 {
  return hash(hash(a ^ 0x9e3779b9u) + b);
}

/// The key of the units that dropout leaves out of one layer in one step.
fn dropout_key(seed: u32, step: u32, layer_index: u32) -> u32 {
  return hash2(hash2(seed ^ 0x2545f491u, step), layer_index);
}

fn shuffle_key(seed: u32, epoch: u32) -> u32 {
  return hash(seed) ^ hash(epoch + 0x9e3779b9u);
}

fn low_bits(bits: u32) -> u32 {
  return select((1u << bits) - 1u, 0xffffffffu, bits >= 32u);
}

/// One pass through an alternating Feistel network of eight rounds: a permutation of [0, 2^bits).
fn feistel(value: u32, bits: u32, key: u32) -> u32 {
  var left_bits = bits >> 1u;
  var right_bits = bits - left_bits;
  var left = value >> right_bits;
  var right = value & low_bits(right_bits);
  for (var round = 0u; round < 8u; round++) {
    let mixed = (left ^ hash(right ^ ((key + round) * 0x9e3779b1u))) & low_bits(left_bits);
    left = right;
    right = mixed;
    let swap = left_bits;
    left_bits = right_bits;
    right_bits = swap;
  }
  return (left << right_bits) | right;
}

/// The row at `position`, both in [0, count): cycle walking until the network lands inside.
fn shuffled_row(position: u32, count: u32, key: u32) -> u32 {
  if (count < 2u) {
    return position;
  }
  let bits = max(6u, 32u - countLeadingZeros(count - 1u));
  var value = position;
  // One call where two would be easier to read, since every call is inlined.
  loop {
    value = feistel(value, bits, key);
    if (value < count) {
      return value;
    }
  }
}
