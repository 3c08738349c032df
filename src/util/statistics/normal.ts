/** The quantile function of the standard normal distribution: the value that a share of it lies below. */

/** Coefficients from the constant up. */
export type Polynomial = readonly number[];

/** Of the rational approximations: near the middle, outside of it, and far outside. */
export const quantileRatios = {
  central: [
    [
      3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
      67265.7709270087, 33430.57558358813, 2509.0809287301227,
    ],
    [
      1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
      28729.085735721943, 5226.495278852854,
    ],
  ],
  middle: [
    [
      1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
      0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
    ],
    [
      1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
      0.0005475938084995344, 1.0507500716444169e-9,
    ],
  ],
  tail: [
    [
      6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
      0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
    ],
    [
      1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5,
      1.421511758316446e-7, 2.0442631033899397e-15,
    ],
  ],
} satisfies Record<string, [Polynomial, Polynomial]>;

/** Algorithm AS 241 (Wichura 1988), to about 16 digits; -Infinity for 0 and Infinity for 1. */
export function normalQuantile(share: number): number {
  const fromMiddle = share - 0.5;
  if (Math.abs(fromMiddle) <= 0.425)
    return fromMiddle * ratio(quantileRatios.central, 0.180625 - fromMiddle * fromMiddle);
  const outer = fromMiddle < 0 ? share : 1 - share;
  if (outer <= 0) return fromMiddle < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const depth = Math.sqrt(-Math.log(outer));
  const distance = depth <= 5 ? ratio(quantileRatios.middle, depth - 1.6) : ratio(quantileRatios.tail, depth - 5);
  return fromMiddle < 0 ? -distance : distance;
}

function ratio([above, below]: [Polynomial, Polynomial], x: number): number {
  return evaluate(above, x) / evaluate(below, x);
}

/** By Horner's rule. */
function evaluate(coefficients: Polynomial, x: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
}
