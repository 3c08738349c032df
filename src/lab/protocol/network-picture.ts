/** What the network's diagram shows of the model as it is. */

export interface NetworkPicture {
  run: number;
  /** Epochs that were done. */
  epoch: number;
  /** Units of every layer, inputs and outputs too. */
  units: number[];
  /** For each layer after the inputs: [shown unit, shown unit of the layer before]. */
  weights: Float32Array[];
  /** Absent where the inputs are not two numbers, or the network is too large to be asked so often. */
  tiles?: Tiles;
}

/** Answers over the plane of two inputs: first input rising to the right, second upwards. */
export interface Tiles {
  /** Cells along each side. */
  side: number;
  /** For each layer, inputs too: [shown unit, row from the top, column], -127 to 127 of that layer's scale. */
  values: Int8Array[];
  /** What 127 stands for in each layer: the largest absolute answer, or 1 where that is smaller. */
  scales: number[];
}
