/** A part of a sweep or of a fit, for machines that know nothing of each other. */
export interface Shard {
  /** Which of them it is, counted from 1. */
  part: number;
  /** How many there are. */
  of: number;
}
