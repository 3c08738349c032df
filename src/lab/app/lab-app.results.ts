/** The right side of the page: what came of it. */
import { html, type TemplateResult } from 'lit';
import type { SweepView } from '../sweep/view.ts';
import type { TrainerController } from '../trainer/controller.ts';

interface Drawn {
  trainer: TrainerController;
  sweep: SweepView | undefined;
  /** Whether the best model is shown in the place of the run. */
  hidden: boolean;
}

export function resultsSide({ trainer, sweep, hidden }: Drawn): TemplateResult {
  return html`<div class="scroll">
    <lab-results ?hidden=${hidden}></lab-results>
    <lab-sweep-opener ?hidden=${hidden} .view=${sweep} ?ready=${!!trainer.run}></lab-sweep-opener>
    <lab-predict></lab-predict>
    <lab-runs></lab-runs>
  </div>`;
}
