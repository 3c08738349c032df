/**
 * Classes that few rows have. A model may never predict one and still be right nearly always, so that its accuracy says
 * nothing; rows weighted by how rare their class is make it count.
 */
import { tables } from '../../messages/en/tables/tables.ts';
import type { DataSettings } from '../../spec/data-settings.ts';
import { message } from '../../util/message.ts';
import { type Notice, warning } from './notices.ts';

/** A class is rare below this share, unless so many classes share the rows that twice as much would be fair. */
const rareShare = 0.05;

/**
 * One notice about all classes that are rare; none where they are weighted already.
 * @param counts rows of each class, 0 of those that are no class
 */
export function rareNotices(
  target: string,
  counts: ArrayLike<number>,
  nameOf: (index: number) => string,
  { class_weights = 'none' }: { class_weights?: DataSettings['class_weights'] },
): Notice[] {
  if (class_weights === 'balanced') return [];
  const present = Array.from(counts, (rows, index) => ({ rows, index })).filter(({ rows }) => rows > 0);
  const rows = present.reduce((sum, one) => sum + one.rows, 0);
  const rare = present.filter((one) => one.rows / rows < Math.min(rareShare, 1 / (2 * present.length)));
  if (rare.length === 0) return [];
  rare.sort((a, b) => a.rows - b.rows || a.index - b.index);
  const classes = rare.map((one) => ({ name: nameOf(one.index), share: one.rows / rows }));
  const said =
    classes.length === 1 ? message(tables, 'class_rare', classes[0]) : message(tables, 'classes_rare', { classes });
  return [
    warning(said, { topic: 'rare_classes', column: target, fix: { setting: 'class_weights', value: 'balanced' } }),
  ];
}
