/** The right side of the page: what came of it. */
import { html, type TemplateResult } from 'lit';
import type { PredictController } from '../predict/controller.ts';
import type { RunsController } from '../runs/controller.ts';
import type { SweepView } from '../sweep/view.ts';
import type { TrainerController } from '../trainer/controller.ts';
import { recoveryAction } from '../trainer/status-text.ts';

interface Drawn {
  trainer: TrainerController;
  predict: PredictController;
  runs: RunsController;
  sweep: SweepView | undefined;
  /** Whether the best model is shown in the place of the run. */
  hidden: boolean;
}

export function resultsSide({ trainer, predict, runs, sweep, hidden }: Drawn): TemplateResult {
  const { state, run, history, latest, failure, recovered } = trainer;
  return html`<div class="scroll">
    <lab-results
      ?hidden=${hidden}
      .state=${state}
      .run=${run}
      .history=${history}
      .latest=${latest}
      .failure=${failure}
      .recovered=${recovered}
      .action=${recoveryAction(trainer)}
      .form=${trainer.controls.form}
    ></lab-results>
    <lab-sweep-opener ?hidden=${hidden} .view=${sweep} ?ready=${!!run}></lab-sweep-opener>
    <lab-predict .view=${predict.view}></lab-predict>
    <lab-runs
      .runs=${runs.runs}
      .names=${runs.names}
      .groupNames=${runs.groupNames}
      .open=${runs.open}
      .slots=${runs.slots}
      ?room=${runs.canOverlay}
      .keeping=${runs.keeping}
    ></lab-runs>
  </div>`;
}
