/** The bar at the foot of a narrow page: the primary action between the buttons of the two sheets. */
import { html, type TemplateResult } from 'lit';
import { text } from '../i18n/text.ts';
import type { TrainerController } from '../trainer/controller.ts';
import type { Panel } from './panels.ts';
import type { Sheet, SheetController } from './sheets.ts';

/** @param shown the panels that there are */
export function bottomBar(
  trainer: TrainerController,
  sheets: SheetController,
  shown: ReadonlySet<Panel>,
): TemplateResult {
  const changes = trainer.controls.changes.size;
  const button = (sheet: Sheet, words: string) =>
    shown.has(sheet)
      ? html`<button
          type="button"
          data-sheet=${sheet}
          aria-expanded=${sheets.open === sheet ? 'true' : 'false'}
          @click=${() => sheets.toggle(sheet)}
        >
          ${words}
        </button>`
      : html`<span></span>`;
  return html`
    <div class="scrim" ?hidden=${!sheets.open} @click=${() => sheets.close()}></div>
    <nav aria-label=${text.app.panels}>
      ${button('settings', changes > 0 ? text.app.settingsChanged(changes) : text.app.settings)}
      <lab-train-button></lab-train-button>
      ${button('results', text.common.results)}
    </nav>
  `;
}
