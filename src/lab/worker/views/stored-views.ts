/** How a run that is kept answers the rows that it is judged by: from its model and its table. */
import { lossOf } from '../../../model/model-data.ts';
import { withPredictor } from '../../../model/predictor.ts';
import type { StoredViews } from '../../protocol/runs.ts';
import type { Prepared } from '../table/open-table.ts';
import { pictureFeatures, predictionsOf } from './table-view.ts';
import { featuresOf, judgedRows, residualsOf } from './view-data.ts';

/** As many as the view of a run that trains. */
const mostRows = 2000;

export async function storedViews(bytes: Uint8Array, { set, view }: Prepared): Promise<StoredViews> {
  const { loadModel } = await import('../../../model/file/load-model.ts');
  const model = loadModel(bytes);
  return withPredictor(model, async ({ outputs }) => {
    const { features, rows } = pictureFeatures(set, view.picture);
    const predictions = predictionsOf(set, view.picture, lossOf(model), await outputs(features, rows), rows);
    if (view.task !== 'regression') return { data: view, predictions, residuals: null };
    const judged = judgedRows(set, mostRows);
    const answers = await outputs(featuresOf(set, judged.rows), judged.rows.length);
    return { data: view, predictions, residuals: residualsOf(set, judged, answers) };
  });
}
