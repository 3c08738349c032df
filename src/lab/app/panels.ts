/** Which panels of the page are shown: all, or those that the address names, as in `?panels=centre,results`. */
import { page } from '../../messages/en/page.ts';
import { type Message, message } from '../../util/message.ts';

export const panelNames = ['settings', 'centre', 'results'] as const;
export type Panel = (typeof panelNames)[number];

export interface Panels {
  shown: ReadonlySet<Panel>;
  /** What is asked for and is not there; then all are shown. */
  problem?: Message;
}

export function panelsIn(search: string): Panels {
  const all = new Set(panelNames);
  const asked = (new URLSearchParams(search).get('panels') ?? '').split(',').map((name) => name.trim());
  const names = asked.filter((name) => name !== '');
  const unknown = names.find((name) => !all.has(name as Panel));
  if (unknown !== undefined) {
    return { shown: all, problem: message(page, 'panel_unknown', { name: unknown, choices: panelNames }) };
  }
  return { shown: names.length > 0 ? new Set(names as Panel[]) : all };
}
