/** The centre of the page: what is happening. */
import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { DataController } from '../data/controller.ts';
import { type FitView, isBusy } from '../fit/view.ts';
import { inLanguage } from '../i18n/language.ts';
import { text } from '../i18n/text.ts';
import type { LessonController } from '../lessons/controller.ts';
import type { PredictController } from '../predict/controller.ts';
import type { TableView } from '../protocol/messages.ts';
import type { ReplayController } from '../run/replay.ts';
import { headlineOf, scoreAt } from '../run/scores.ts';
import type { RunsController } from '../runs/controller.ts';
import { count, figure } from '../shared/format.ts';
import type { TrainerController } from '../trainer/controller.ts';
import type { QueryClient } from '../trainer/query.ts';
import { anewInWords, complaintInWords, recoveryAction, troubleInWords } from '../trainer/status-text.ts';
import type { Panels } from './panels.ts';
import type { SheetController } from './sheets.ts';

interface Drawn {
  trainer: TrainerController;
  replay: ReplayController;
  tables: DataController;
  lessons: LessonController;
  runs: RunsController;
  predict: PredictController;
  sheets: SheetController;
  fit: FitView | undefined;
  /** What is asked of its model. */
  fitAsker: QueryClient | undefined;
  /** Whether a sweep trains. */
  sweeps: boolean;
  /** Whether losses are on a log axis. */
  log: boolean;
  panels: Panels;
}

/** For those who look at headings, where the page's head is not in sight. */
export function title(): TemplateResult {
  return html`<h1 class="unseen">Perceptron Lab</h1>`;
}

/** Why the address' lesson is not there, or what of its link. */
export function addressProblems(trainer: TrainerController, lessons: LessonController): TemplateResult {
  return html`${lessonProblem(lessons)} ${linked(trainer, lessons)}`;
}

function linked({ linked }: TrainerController, { lesson }: LessonController): TemplateResult {
  return html`<lab-linked
    .missing=${linked?.missing ?? ''}
    ?lesson=${lesson !== undefined}
    .problems=${linked?.problems ?? []}
    ?unrepeated=${linked?.unrepeated ?? false}
  ></lab-linked>`;
}

function lessonProblem({ problem }: LessonController): TemplateResult {
  return html`<lab-notice role="alert" .words=${problem ? inLanguage(problem) : ''}></lab-notice>`;
}

/** What the best model leans on, once there is one; another has views of its own. */
function leanings(fit: FitView, asker: QueryClient | undefined, data: TableView | undefined): unknown {
  const { end, gone, kept, table, target, task } = fit;
  if (!end || gone || !asker) return nothing;
  return keyed(
    end,
    html`<lab-model-views
      .asker=${asker}
      .target=${target}
      .table=${kept ? (data?.name ?? '') : table}
      .numbering=${kept || data?.name === table ? data?.numbering : undefined}
      ?classes=${task !== 'regression'}
    ></lab-model-views>`,
  );
}

export function centre({
  trainer,
  replay,
  tables,
  lessons,
  runs,
  predict,
  sheets,
  fit,
  fitAsker,
  sweeps,
  log,
  panels,
}: Drawn): TemplateResult {
  const { state, restarts, history, latest, run, data, predictions } = trainer;
  const training = run?.trial.training;
  const shown = fit?.shown ?? false;
  const { weightsEpoch } = trainer;
  const { frame } = replay;
  const table = run?.data ?? data;
  const newest = latest?.metrics ? latest.metrics.validation : history.last?.validation;
  const metrics = frame ? history.records[frame.epoch - 1]?.validation : newest;
  const first = headlineOf(table?.task ?? 'regression', table?.baseline.train, metrics);
  const score = scoreAt(metrics, first);
  const epoch = count(frame?.epoch ?? weightsEpoch);
  const standing =
    score === undefined
      ? text.common.afterEpoch(epoch)
      : text.app.afterEpochValidation({ epoch, metric: first.label, score: figure(score) });
  return html`<main tabindex="-1" ?inert=${sheets.open !== undefined}>
    ${
      sheets.narrow && panels.shown.has('settings')
        ? html`<lab-start
            .name=${data?.name ?? ''}
            ?own=${trainer.ownTable}
            .sample=${tables.sample?.name ?? ''}
            .thumbnails=${tables.thumbnails}
          ></lab-start>`
        : nothing
    }
    ${panels.shown.has('settings') ? nothing : title()}
    <lab-notice role="alert" .words=${panels.problem ? inLanguage(panels.problem) : ''}></lab-notice>
    <lab-fit-bar
      ?hidden=${!trainer.ownTable && !fit?.end && !isBusy(fit)}
      .view=${fit}
      ?ready=${trainer.fittable}
      ?held=${sweeps}
    ></lab-fit-bar>
    ${fit ? html`<lab-best-model ?hidden=${!shown} .view=${fit} .form=${trainer.controls.form}>${leanings(fit, fitAsker, data)}</lab-best-model>` : nothing}
    <lab-toolbar
      ?hidden=${shown}
      ?secondary=${trainer.ownTable}
      .state=${state}
      ?restarts=${restarts}
      ?blocked=${trainer.blocked}
      ?held=${sweeps || isBusy(fit)}
      .epoch=${frame?.epoch ?? history.last?.number ?? 0}
      .epochs=${training?.epochs ?? trainer.controls.form.trial.training?.epochs ?? 0}
      .score=${score}
      .scoreName=${first.label}
      .standing=${standing}
      .seconds=${latest?.seconds ?? 0}
      .speed=${latest?.steps_per_second ?? null}
    ></lab-toolbar>
    <lab-replay
      ?hidden=${shown}
      .state=${state}
      .frames=${trainer.frames}
      .place=${replay.place}
      ?playing=${replay.playing}
      .epoch=${history.last?.number ?? 0}
      .epochs=${training?.epochs ?? 0}
      .pace=${replay.pace}
    ></lab-replay>
    <lab-lesson ?hidden=${shown} .lesson=${lessons.lesson} .step=${lessons.step} ?waiting=${lessons.waiting}></lab-lesson>
    ${lessonProblem(lessons)}
    <div class="charts" ?hidden=${shown}>
      ${linked(trainer, lessons)}
      <lab-notice .words=${sheets.narrow ? troubleInWords(trainer) : ''} .action=${recoveryAction(trainer)}></lab-notice>
      <lab-notice role="alert" .words=${complaintInWords(trainer)}></lab-notice>
      <lab-notice .words=${anewInWords(trainer)}></lab-notice>
      <lab-views
        .data=${table}
        .predictions=${frame ? frame.predictions : predictions}
        .views=${frame ? replay.views : trainer.views}
        .overlays=${runs.overlays}
        .asker=${trainer.asker}
        .run=${run?.id ?? 0}
        .epoch=${weightsEpoch}
        ?ended=${!!latest?.outcome}
        .latest=${latest}
        .probe=${predict.probe}
        .standing=${standing}
      ></lab-views>
      <lab-losses
        .history=${history}
        .latest=${latest}
        ?log=${log}
        .shown=${frame?.epoch}
        .changes=${history.changes}
        .overlays=${runs.overlays}
        .incomparable=${runs.incomparable}
        .loss=${training?.loss ?? 'mse'}
        ?scaled=${table?.task === 'regression' && table?.settings.scaling !== 'none'}
        .epochs=${training?.epochs ?? 1}
      ></lab-losses>
    </div>
  </main>`;
}
