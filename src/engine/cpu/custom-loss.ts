/**
 * A loss that the caller computes, for the kernels: they call it for each panel of a batch, between forward and backward, on
 * the thread that began the step. Values of a panel are [output][lane]; see `kernels/place.ts`.
 */
import type { CustomLoss } from '../engine.ts';
import type { Loss } from '../reference/losses.ts';

/** @param row the loss of one row */
export function createCustomLoss(name: string, row: Loss['row']): CustomLoss {
  return { name, row, panels: lossOfPanels(row) };
}

/** @param row the loss of one row @returns what the kernels import, on a memory of theirs */
function lossOfPanels(row: Loss['row']): (memory: WebAssembly.Memory) => (...of: number[]) => number {
  return ({ buffer }) => {
    const floats = new Float32Array(buffer);
    let own = { outputs: new Float64Array(), targets: new Float64Array(), slopes: new Float64Array() };
    return (values, slopes, targets, errors, weights, width, lanes, first, rows) => {
      const at = [values, slopes, targets, errors, weights].map((address) => address >>> 2);
      if (own.outputs.length !== width) {
        own = { outputs: new Float64Array(width), targets: new Float64Array(width), slopes: new Float64Array(width) };
      }
      let sum = 0;
      for (let lane = 0; lane < lanes; lane++) {
        if (first + lane >= rows) {
          for (let o = 0; o < width; o++) floats[at[3] + o * lanes + lane] = 0;
          continue;
        }
        for (let o = 0; o < width; o++) {
          own.outputs[o] = floats[at[0] + o * lanes + lane];
          own.targets[o] = floats[at[2] + o * lanes + lane];
        }
        const weight = floats[at[4] + lane];
        sum += weight * row(own.outputs, own.targets, 0, width, own.slopes);
        for (let o = 0; o < width; o++) {
          floats[at[3] + o * lanes + lane] = ((weight * own.slopes[o]) / rows) * floats[at[1] + o * lanes + lane];
        }
      }
      return sum;
    };
  };
}
