/**
 * Quantiles of Student's t for whole degrees of freedom, from the finite sums for its probabilities in Abramowitz & Stegun
 * (1964), 26.7.3 and 26.7.4.
 */

/** The value that t stays below with the given probability, above 0.5. @param freedom whole, at least 1 */
export function tQuantile(probability: number, freedom: number): number {
  const wanted = 2 * probability - 1;
  let [low, high] = [0, Math.PI / 2];
  // By halves, down to neighbouring numbers.
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return Math.sqrt(freedom) * Math.tan(middle);
    if (withinProbability(middle, freedom) < wanted) low = middle;
    else high = middle;
  }
}

/** The probability that |t| is at most sqrt(freedom) tan(angle). */
function withinProbability(angle: number, freedom: number): number {
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const odd = freedom % 2 === 1;
  if (freedom === 1) return (2 * angle) / Math.PI;
  let term = odd ? cosine : 1;
  let sum = term;
  for (let k = odd ? 3 : 2; k < freedom; k += 2) {
    term *= ((k - 1) / k) * cosine * cosine;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum;
}
