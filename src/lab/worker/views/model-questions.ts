/** What is worked out on demand of a model that is no run: by the rows of a table whose answers are known. */
import type { Table } from '../../../data/table/table.ts';
import type { ModelData } from '../../../model/model-data.ts';
import { modelDependence, modelImportance } from '../../../train/explain/explain.ts';
import type { Answer, QueryRequest } from '../../protocol/views.ts';
import { rowsOf } from './rows.ts';

interface Watch {
  progress: (share: number) => void;
  signal: AbortSignal;
}

/** @throws InputError where the table has not what the model takes; the signal's reason */
export async function askModel(model: ModelData, table: Table, asked: QueryRequest, watch: Watch): Promise<Answer> {
  switch (asked.kind) {
    case 'rows':
      return { kind: asked.kind, rows: rowsOf(table, asked.places) };
    case 'importance': {
      const importance = await modelImportance(model, table, watch);
      return { kind: asked.kind, epochs: null, importance: { ...importance, set: 'all' } };
    }
    case 'dependence': {
      const dependence = await modelDependence(model, table, asked.column, watch);
      return { kind: asked.kind, epochs: null, dependence: { ...dependence, set: 'all' } };
    }
  }
}
