// The random numbers and the shuffle of src/util/random.ts, bit for bit.
import package::generated::constants::{STREAM_DROPOUT, STREAM_SHUFFLE};

fn hash(value: u32) -> u32 {
  var x = value;
  x = (x ^ (x >> 16u)) * 0x21f0aaadu;
  x = (x ^ (x >> 15u)) * 0x735a2d97u;
  return x ^ (x >> 15u);
}

/// What all numbers of a seed and a stream share.
fn keys_of(seed: u32, stream: u32) -> vec2u {
  let first = hash(seed ^ 0x9e3779b9u);
  return vec2u(first, hash(hash(first) + stream));
}

fn keyed_hash(keys: vec2u, index: u32) -> u32 {
  return hash(hash(index + keys.x) ^ keys.y);
}

fn hash_at(seed: u32, stream: u32, index: u32) -> u32 {
  return keyed_hash(keys_of(seed, stream), index);
}

/// The key of the units that dropout leaves out of one layer in one step.
fn dropout_key(seed: u32, step: u32, layer_index: u32) -> u32 {
  return hash_at(seed, STREAM_DROPOUT + layer_index, step);
}

fn shuffle_key(seed: u32, epoch: u32) -> u32 {
  return hash_at(seed, STREAM_SHUFFLE, epoch);
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
      break;
    }
  }
  return value;
}
