/** A side of the page, which is a dialog where it is a sheet that is open. */
import { html, nothing, type TemplateResult } from 'lit';
import type { LessonController } from '../lessons/controller.ts';
import { addressProblems, title } from './lab-app.centre.ts';
import { type Panel, panelNames } from './panels.ts';
import type { Sheet, SheetController } from './sheets.ts';

/** What sides go by. */
export interface Sides {
  /** Panels of the page. */
  shown: ReadonlySet<Panel>;
  sheets: SheetController;
  lessons: LessonController;
}

export function side(
  sheet: Sheet,
  place: 'left' | 'right',
  name: string,
  contents: TemplateResult,
  { shown, sheets, lessons }: Sides,
): TemplateResult {
  const open = sheets.open === sheet;
  // Every page has one main part.
  const main = !shown.has('centre') && panelNames.find((panel) => shown.has(panel)) === sheet;
  return html`<section
    class="side ${place} ${open ? 'open' : ''}"
    role=${open ? 'dialog' : main ? 'main' : 'complementary'}
    aria-modal=${open ? 'true' : nothing}
    aria-label=${name}
    tabindex="-1"
    ?inert=${shown.has('centre') && sheets.hides(sheet)}
  >
    ${main && sheet === 'results' ? title() : nothing}
    ${main ? addressProblems(lessons) : nothing}
    ${contents}
  </section>`;
}
