/**
 * Which column a table is first trained to predict, when nobody has said so: the one that is called a target, else the
 * last one that can be trained. A table whose last column is a remark should open all the same.
 */
import type { Table } from '../../../data/table/table.ts';
import { guessType } from '../../../data/table/types.ts';
import { page } from '../../../messages/en/page.ts';
import type { DataSettingsInput } from '../../../spec/data-settings.ts';
import { InputError } from '../../../util/errors.ts';
import { message } from '../../../util/message.ts';

/** In English and in Korean. */
const targetName = /^(target|label|labels|class|y|outcome|response|타깃|타겟|목표|정답|라벨|레이블|종속변수)$/i;
/** A table in which none of so many columns can be a target has something else wrong with it. */
const mostTried = 8;

/** Columns that may be the target, the likeliest first: one that is called so, then from the last what is a quantity or a class. */
export function* likelyTargets({ columns, rows }: Pick<Table, 'columns' | 'rows'>): Generator<string> {
  const fromLast = columns.toReversed();
  const unlikely: string[] = [];
  for (const { name } of fromLast) if (targetName.test(name.trim())) yield name;
  for (const column of fromLast) {
    if (targetName.test(column.name.trim())) continue;
    if (['identifier', 'text', 'date'].includes(guessType(column, rows).type)) unlikely.push(column.name);
    else yield column.name;
  }
  yield* unlikely;
}

/**
 * What `make` makes of the first target it does not refuse.
 * @throws InputError what it said of the likeliest one, where it refuses them all, or of the given one
 */
export async function withTarget<Made>(
  table: Pick<Table, 'columns' | 'rows'>,
  settings: Partial<DataSettingsInput>,
  make: (settings: DataSettingsInput) => Made | Promise<Made>,
): Promise<Made> {
  const { target } = settings;
  if (target !== undefined) return make({ ...settings, target });
  let refused: InputError | undefined;
  let tried = 0;
  for (const likely of likelyTargets(table)) {
    try {
      return await make({ ...settings, target: likely });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      refused ??= error;
    }
    tried += 1;
    if (tried === mostTried) break;
  }
  throw refused ?? new InputError(message(page, 'table_without_target'), 'target');
}
