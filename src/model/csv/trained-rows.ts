/** Whether a model has seen the rows that it is scored on, as far as its file tells: the name and the rows of its table. */
import { type Notice, warning } from '../../data/table/notices.ts';
import type { Table } from '../../data/table/table.ts';
import { models } from '../../messages/en/models/models.ts';
import { message } from '../../util/message.ts';
import { knownOrigin } from '../card/origin.ts';
import type { ModelData } from '../model-data.ts';

/**
 * No digest of the file is kept: another table of the same name and length cannot be told from that of the training, nor
 * can its rows under another name.
 */
export function trainedRowsNotices(model: ModelData, { source, rows }: Pick<Table, 'source' | 'rows'>): Notice[] {
  const { data, refit, average } = knownOrigin(model);
  if (!data?.file || data.rows !== rows || data.file !== source.replace(/^.*[\\/]/, '')) return [];
  const { train, validation, test } = data.sets;
  // Rows of validation choose the epoch, the members and the settings.
  const learned = refit?.rows ?? average?.rows ?? train + validation;
  const all = learned === train + validation + test;
  return [warning(message(models, 'rows_trained_on', { source, count: rows, learned, all }))];
}
