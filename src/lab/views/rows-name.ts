/** What rows are called that a model was asked about. */
import type { RowSet } from '../../train/explain/question.ts';
import { modelViewsText } from '../i18n/en/later/model-views.ts';
import { text } from '../i18n/text.ts';

export function rowsNameOf(set: RowSet): string {
  if (set === 'all') return modelViewsText().knownRows;
  return set === 'train' ? text.common.trainingRows : text.common.validationRows;
}
