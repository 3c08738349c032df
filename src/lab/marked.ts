/** A row that somebody asks a model about, as the views of the model mark it. */
export interface Marked {
  /** By column, as the model takes it: what is missing is what the model puts in its place. */
  at: Readonly<Record<string, number | string | null>>;
  /** The answer, where it is a number. */
  value: number | null;
  /** The answer, where it is a class. */
  chosen: string | null;
}
