/** What the files that declare settings share: how a setting describes itself to people, and kinds of numbers. */
import { z } from 'zod';

/** What a setting says of itself to people; carried in the schema's metadata. */
declare module 'zod' {
  interface GlobalMeta {
    /** Two or three words, for a label. */
    label?: string;
    /** One line: what it is. */
    help?: string;
    unit?: string;
    /** How a control should step through the values. */
    scale?: 'linear' | 'log';
    /** What a slider explores; a field beside it accepts the whole legal range. */
    explore?: [number, number];
  }
}

/** A whole number between two bounds, both allowed. */
export const count = (least: number, most: number) => z.int().min(least).max(most);
