/**
 * The three matrix products of training, as plain loops over float64 sums. Each sum is taken in the order of its index,
 * one term after the other. Four sums are under way at once, since one alone would wait for its own last addition; where
 * sums are added to row by row, eight rows are taken together, so that the sums are fetched and put back once for all of
 * them (whole steps are 1.1 to 1.5 times as quick as with four: 32-256-256-1 by 256 rows 33 -> 40 a second). Neither
 * changes a bit.
 */
type Values = Float32Array | Float64Array;

/**
 * sums[o] = bias[o] + sum_i x[i] W[o,i] for one row x. `x` starts at `at`, W [output, input] at `weight` and the biases at
 * `bias` of the parameters.
 */
export function weightedSums(
  x: Values,
  at: number,
  inputs: number,
  parameters: Values,
  weight: number,
  bias: number,
  sums: Float64Array,
): void {
  const outputs = sums.length;
  let o = 0;
  for (; o + 4 <= outputs; o += 4) {
    const w0 = weight + o * inputs;
    const w1 = w0 + inputs;
    const w2 = w1 + inputs;
    const w3 = w2 + inputs;
    let s0 = parameters[bias + o];
    let s1 = parameters[bias + o + 1];
    let s2 = parameters[bias + o + 2];
    let s3 = parameters[bias + o + 3];
    for (let i = 0; i < inputs; i++) {
      const value = x[at + i];
      s0 += value * parameters[w0 + i];
      s1 += value * parameters[w1 + i];
      s2 += value * parameters[w2 + i];
      s3 += value * parameters[w3 + i];
    }
    sums[o] = s0;
    sums[o + 1] = s1;
    sums[o + 2] = s2;
    sums[o + 3] = s3;
  }
  for (; o < outputs; o++) {
    const weights = weight + o * inputs;
    let sum = parameters[bias + o];
    for (let i = 0; i < inputs; i++) sum += x[at + i] * parameters[weights + i];
    sums[o] = sum;
  }
}

/**
 * sums[i] = sum_k factors[first + k stride] V[k,i], with V [count, inputs] from `at`: errors times weights, and, over the
 * rows of a batch, errors times inputs.
 */
export function addRows(
  factors: Values,
  first: number,
  stride: number,
  count: number,
  values: Values,
  at: number,
  sums: Float64Array,
): void {
  const inputs = sums.length;
  sums.fill(0);
  let k = 0;
  for (; k + 8 <= count; k += 8) {
    const f0 = factors[first + (k + 0) * stride];
    const f1 = factors[first + (k + 1) * stride];
    const f2 = factors[first + (k + 2) * stride];
    const f3 = factors[first + (k + 3) * stride];
    const f4 = factors[first + (k + 4) * stride];
    const f5 = factors[first + (k + 5) * stride];
    const f6 = factors[first + (k + 6) * stride];
    const f7 = factors[first + (k + 7) * stride];
    const v0 = at + k * inputs;
    const v1 = v0 + inputs;
    const v2 = v1 + inputs;
    const v3 = v2 + inputs;
    const v4 = v3 + inputs;
    const v5 = v4 + inputs;
    const v6 = v5 + inputs;
    const v7 = v6 + inputs;
    for (let i = 0; i < inputs; i++) {
      sums[i] =
        sums[i] +
        f0 * values[v0 + i] +
        f1 * values[v1 + i] +
        f2 * values[v2 + i] +
        f3 * values[v3 + i] +
        f4 * values[v4 + i] +
        f5 * values[v5 + i] +
        f6 * values[v6 + i] +
        f7 * values[v7 + i];
    }
  }
  for (; k < count; k++) {
    const factor = factors[first + k * stride];
    const row = at + k * inputs;
    for (let i = 0; i < inputs; i++) sums[i] += factor * values[row + i];
  }
}
