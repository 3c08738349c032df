/** A table in memory: named columns of equal length. Numbers are float64 until they are scaled. */
export interface Column {
  name: string;
  values: Float64Array;
}

export interface Table {
  /** Where it came from, for messages: a file name, or "pasted text". */
  source: string;
  rows: number;
  columns: Column[];
}
