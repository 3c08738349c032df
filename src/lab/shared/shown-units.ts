/** Which units of a layer the network's diagram shows: the worker sends these alone. */

/** Units of a layer that are drawn; where there are more, one place less and a gap. */
export const mostUnits = 8;

/** Which units of a layer are drawn: all, or as many as there is room for, from first to last. */
export function shownUnits(units: number): number[] {
  if (units <= mostUnits) return Array.from({ length: units }, (_, index) => index);
  const places = mostUnits - 1;
  return Array.from({ length: places }, (_, index) => Math.round((index * (units - 1)) / (places - 1)));
}
