/** The report of one run: what came of it against a baseline, its curves and pictures, its data, and how to repeat it. */
import type { Notice } from '../data/table/notices.ts';
import { unitOfStep } from '../data/table/quantity.ts';
import type { ModelData } from '../model/model-data.ts';
import type { ChangedSetting } from '../spec/changes.ts';
import { duration } from '../util/format.ts';
import { counted } from '../util/thousands.ts';
import { appendix, changesTable, type Origin, settingsTable } from './appendix.ts';
import { type DataFacts, dataSection, doubts } from './data-section.ts';
import { html } from './escape.ts';
import { numbering } from './figures.ts';
import { type EpochLosses, lossFigure } from './losses.ts';
import { modelCardSection } from './model-card.ts';
import { pageOf, section } from './page.ts';
import type { Picture } from './picture.ts';
import { pictureFigures } from './pictures.ts';
import { answer, confusionFigures, type ScoresBySet, scoresTable, sentence, verdictSentences } from './scores.ts';

export interface TrainReport {
  target: string;
  data: DataFacts;
  history: readonly EpochLosses[];
  outcome: {
    stopped: string;
    epochs_run: number;
    best_epoch: number;
    /** How training ended, in sentences. */
    ended: string;
    /** What the scores mean and what to do next. */
    verdict: readonly Notice[];
  };
  /** Units from inputs to outputs, what is between them in words, and the number of parameters. */
  network: { units: number[]; words: string; parameters: number };
  /** Those it began with. */
  settings: { data: object; trial: { training: { loss: string; seed: number } } };
  /** What was changed while it trained. */
  changes: readonly ChangedSetting[];
  metrics: ScoresBySet;
  baseline: ScoresBySet;
  /** Absent for classes, whose confusions are in the metrics. */
  picture?: Picture;
  /** As it is saved. */
  model: ModelData;
  origin: Origin;
}

export function trainReport(report: TrainReport): string {
  const { target, data, history, outcome, network, settings, origin } = report;
  const numbers = numbering();
  const unit = unitOfStep(data.preprocessing.targets[0]);
  const scores = {
    target,
    ...(unit ? { unit } : {}),
    rows: data.rows,
    metrics: report.metrics,
    baseline: report.baseline,
  };
  const { loss, seed } = settings.trial.training;
  const bad = outcome.stopped === 'diverged';
  return pageOf({
    title: `${target}, predicted from ${data.file.replace(/^.*[\\/]/, '')}`,
    subtitle: [
      `${network.units.join('-')} perceptron`,
      counted(network.parameters, 'parameter'),
      `seed ${seed}`,
      origin.made?.toISOString().slice(0, 10),
    ],
    version: origin.version,
    body: [
      doubts(data),
      answer(scores),
      section(
        'result',
        'Result',
        verdictSentences(outcome.verdict),
        html`<p>${sentence(scores)}</p>
<p${bad ? html` class="problem"` : ''}>${outcome.ended} Training took ${duration(origin.seconds)}.</p>\n`,
        scoresTable(scores, numbers),
        confusionFigures(scores, numbers),
        pictureFigures(report.picture, numbers),
      ),
      section(
        'training',
        'Training',
        html`<p>${network.words}</p>\n`,
        changesTable(report.changes, numbers),
        lossFigure(
          {
            history,
            loss,
            scaled: data.preprocessing.task === 'regression' && data.preprocessing.scaling !== 'none',
            best_epoch: outcome.best_epoch,
            stopped: outcome.stopped,
          },
          numbers,
        ),
      ),
      dataSection(data, numbers),
      modelCardSection(report.model, numbers),
      appendix(
        origin,
        () =>
          settingsTable(
            settings,
            `Every setting${report.changes.length > 0 ? ' as the run began' : ''}, by the name the command line knows. What is not the default is bold.`,
            numbers,
          ),
        numbers,
      ),
    ],
  });
}
