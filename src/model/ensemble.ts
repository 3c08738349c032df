/**
 * The outputs of an ensemble, in the units that its members were trained in, from those of its members. With weights w_m
 * that add up to 1 and member outputs z_m:
 *   softmax_cross_entropy:  log sum_m w_m softmax(z_m)                           the logs of the mean probabilities
 *   binary_cross_entropy:   logit sum_m w_m logistic(z_m), output by output      the logits of the mean probabilities
 *   every other loss:       sum_m w_m z_m
 * Probabilities are averaged as logarithms, so that those near 0 keep their digits and none is cut off.
 */
import { type LossName, lossTable } from '../spec/losses.ts';

/** @param outputs of each member, [row, output] @param width outputs of a row */
export function averageOutputs(
  outputs: readonly Float32Array[],
  weights: readonly number[],
  width: number,
  loss: LossName,
): Float32Array {
  if (outputs.length === 1) return outputs[0];
  const result = new Float32Array(outputs[0].length);
  if (!lossTable[loss].logits) averageValues(outputs, weights, result);
  else if (lossTable[loss].jointly) averageSoftmax(outputs, weights, width, result);
  else averageLogistic(outputs, weights, result);
  return result;
}

/** Logits at a temperature (Guo et al. 2017): above 1 the probabilities are less sure. */
export function atTemperature(temperature: number, logits: Float32Array): Float32Array {
  return logits.map((logit) => logit / temperature);
}

function averageValues(outputs: readonly Float32Array[], weights: readonly number[], into: Float32Array): void {
  for (let i = 0; i < into.length; i++) {
    let sum = 0;
    for (let m = 0; m < outputs.length; m++) sum += weights[m] * outputs[m][i];
    into[i] = sum;
  }
}

function averageSoftmax(
  outputs: readonly Float32Array[],
  weights: readonly number[],
  width: number,
  into: Float32Array,
): void {
  const members = outputs.length;
  const logWeights = weights.map(Math.log);
  // [output, member]
  const terms = new Float64Array(width * members);
  for (let at = 0; at < into.length; at += width) {
    for (let m = 0; m < members; m++) {
      const share = logWeights[m] - logSumExp(outputs[m], at, at + width);
      for (let o = 0; o < width; o++) terms[o * members + m] = share + outputs[m][at + o];
    }
    for (let o = 0; o < width; o++) into[at + o] = logSumExp(terms, o * members, (o + 1) * members);
  }
}

function averageLogistic(outputs: readonly Float32Array[], weights: readonly number[], into: Float32Array): void {
  const logWeights = weights.map(Math.log);
  const yes = new Float64Array(outputs.length);
  const no = new Float64Array(outputs.length);
  for (let i = 0; i < into.length; i++) {
    for (let m = 0; m < outputs.length; m++) {
      const z = outputs[m][i];
      const rest = logWeights[m] - Math.log1p(Math.exp(-Math.abs(z)));
      yes[m] = rest + Math.min(z, 0);
      no[m] = rest - Math.max(z, 0);
    }
    into[i] = logSumExp(yes) - logSumExp(no);
  }
}

/** log sum exp(v) of values `from` to `end`; the largest is taken out first, so that nothing overflows or vanishes. */
function logSumExp(values: Float32Array | Float64Array, from = 0, end = values.length): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = from; i < end; i++) largest = Math.max(largest, values[i]);
  if (!Number.isFinite(largest)) return largest;
  let sum = 0;
  for (let i = from; i < end; i++) sum += Math.exp(values[i] - largest);
  return largest + Math.log(sum);
}
