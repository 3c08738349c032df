/**
 * What is compared: rows of a methods file, `{ "NAME": { "train": [words] } }` or `{ "fit": [words] }`. The words are
 * those of the command line; `members` averages the predictions of so many seeds, and `resplit` gives each its own validation
 * rows.
 */
import { z } from 'zod';
import { parse } from './folder.ts';

const rowSchema = z
  .strictObject({
    train: z.array(z.string()).optional(),
    fit: z.array(z.string()).optional(),
    members: z.int().min(1).optional(),
    resplit: z.boolean().optional(),
  })
  .refine(({ train, fit }) => (train === undefined) !== (fit === undefined), 'either train or fit');

export type MethodRow = z.infer<typeof rowSchema>;

export interface Method {
  name: string;
  row: MethodRow;
}

/** @param names those wanted, all where none is said */
export function readMethods(file: string, names?: readonly string[]): Method[] {
  const rows = parse(file, z.record(z.string(), z.unknown()));
  const chosen = names ?? Object.keys(rows);
  return chosen.map((name) => {
    if (!Object.hasOwn(rows, name)) {
      throw new Error(`--methods: there is no method "${name}"; there are ${Object.keys(rows).join('; ')}`);
    }
    const { data, error } = rowSchema.safeParse(rows[name]);
    // A file may have rows for other runners: those that are not asked for are not looked at.
    if (error) throw new Error(`${file}: "${name}": ${z.prettifyError(error)}`);
    return { name, row: data };
  });
}

export const commandOf = ({ row }: Method) => (row.fit ? 'fit' : 'train');

/** The words of each member's training, without files, target and engine. */
export function wordsOf({ fit, train, members = 1, resplit }: MethodRow): string[][] {
  const words = fit ?? train ?? [];
  if (members === 1) return [words];
  return Array.from({ length: members }, (_, member) => {
    const seed = String(100 + member);
    return [...words, '--seed', seed, ...(resplit ? ['--split.seed', seed] : [])];
  });
}

/** The seconds that a method may take, where it says so. */
export function budgetOf({ fit = [] }: MethodRow): number | undefined {
  const at = fit.indexOf('--minutes');
  return at < 0 ? undefined : 60 * Number(fit[at + 1]);
}
