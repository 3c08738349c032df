/** Which views a table has, and what they are called. */
import { text } from '../i18n/text.ts';
import type { TableView } from '../protocol/messages.ts';
import type { ViewName } from '../protocol/views.ts';

/** The one that fits the data comes first. */
export function viewsFor(data: TableView | undefined): ViewName[] {
  if (!data) return ['fit'];
  const first: ViewName[] = data.surface ? ['surface', 'fit'] : ['fit'];
  const ofTask: ViewName[] = data.task === 'regression' ? ['residuals'] : data.task === 'binary' ? ['roc'] : [];
  // Of a single column the fit says all of it.
  const ofColumns: ViewName[] = data.features.length > 1 ? ['importance', 'dependence'] : [];
  return [...first, ...ofTask, ...ofColumns, 'inside'];
}

export function labelOf(name: ViewName, data: TableView | undefined): string {
  if (name !== 'fit') return text.views.tabs[name];
  if (data?.picture.kind === 'classes') return text.views.tabs.confusion;
  return data?.picture.kind === 'pairs' ? text.views.tabs.pairs : text.views.tabs.fit;
}

export function classesOf(data: TableView | undefined): string[] {
  return data?.picture.kind === 'classes' ? data.picture.classes : [];
}
