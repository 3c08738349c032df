/** The right side of the page: what came of it. */
import { html, nothing, type TemplateResult } from 'lit';
import { text } from '../i18n/text.ts';
import type { SweepView } from '../sweep/view.ts';
import type { TrainerController } from '../trainer/controller.ts';

interface Drawn {
  trainer: TrainerController;
  sweep: SweepView | undefined;
  /** There where the page is served with a queue. */
  openQueue: (() => unknown) | undefined;
  /** Whether the best model is shown in the place of the run. */
  hidden: boolean;
}

export function resultsSide({ trainer, sweep, openQueue, hidden }: Drawn): TemplateResult {
  return html`<div class="scroll">
    <lab-results ?hidden=${hidden}></lab-results>
    <lab-sweep-opener ?hidden=${hidden} .view=${sweep} ?ready=${!!trainer.run}></lab-sweep-opener>
    ${openQueue ? html`<button type="button" @click=${openQueue}>${text.app.queue}</button>` : nothing}
    <lab-predict></lab-predict>
    <lab-runs></lab-runs>
  </div>`;
}
