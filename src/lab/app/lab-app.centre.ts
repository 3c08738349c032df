/** The centre of the page: what is happening. */

import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { type FitView, isBusy } from '../fit/view.ts';
import { inLanguage } from '../i18n/language.ts';
import type { LessonController } from '../lessons/controller.ts';
import type { TableView } from '../protocol/messages.ts';
import type { ProbeRow } from '../protocol/predict.ts';
import type { RunsController } from '../runs/controller.ts';

import type { TrainerController } from '../trainer/controller.ts';
import type { QueryClient } from '../trainer/query.ts';
import { anewInWords, complaintInWords, recoveryAction, troubleInWords } from '../trainer/status-text.ts';
import type { Panels } from './panels.ts';
import type { SheetController } from './sheets.ts';

interface Drawn {
  trainer: TrainerController;
  lessons: LessonController;
  runs: RunsController;
  sheets: SheetController;
  fit: FitView | undefined;
  /** What is asked of its model. */
  fitAsker: QueryClient | undefined;
  /** Whether losses are on a log axis. */
  log: boolean;
  panels: Panels;
  /** The row that is asked about. */
  probe: () => ProbeRow | undefined;
}

/** For those who look at headings, where the page's head is not in sight. */
export function title(): TemplateResult {
  return html`<h1 class="unseen">Perceptron Lab</h1>`;
}

/** Why the address' lesson is not there, or what of its link. */
export function addressProblems(lessons: LessonController): TemplateResult {
  return html`${lessonProblem(lessons)} <lab-linked></lab-linked>`;
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

export function centre({ trainer, lessons, runs, sheets, fit, fitAsker, log, panels, probe }: Drawn): TemplateResult {
  const shown = fit?.shown ?? false;
  return html`<main tabindex="-1" ?inert=${sheets.open !== undefined}>
    ${sheets.narrow && panels.shown.has('settings') ? html`<lab-start></lab-start>` : nothing}
    ${panels.shown.has('settings') ? nothing : title()}
    <lab-notice role="alert" .words=${panels.problem ? inLanguage(panels.problem) : ''}></lab-notice>
    <lab-fit-bar ?hidden=${!trainer.ownTable && !fit?.end && !isBusy(fit)}></lab-fit-bar>
    ${fit ? html`<lab-best-model ?hidden=${!shown} .view=${fit}>${leanings(fit, fitAsker, trainer.data)}</lab-best-model>` : nothing}
    <lab-toolbar ?hidden=${shown}></lab-toolbar>
    <lab-replay ?hidden=${shown}></lab-replay>
    <lab-lesson ?hidden=${shown}></lab-lesson>
    ${lessonProblem(lessons)}
    <div class="charts" ?hidden=${shown}>
      <lab-linked></lab-linked>
      <lab-notice .words=${sheets.narrow ? troubleInWords(trainer) : ''} .action=${recoveryAction(trainer)}></lab-notice>
      <lab-notice role="alert" .words=${complaintInWords(trainer)}></lab-notice>
      <lab-notice .words=${anewInWords(trainer)}></lab-notice>
      <lab-base-model run></lab-base-model>
      <lab-views .overlays=${runs.drawn.overlays} .probe=${probe}></lab-views>
      <lab-losses ?log=${log} .overlays=${runs.drawn.overlays} .incomparable=${runs.drawn.incomparable}></lab-losses>
    </div>
  </main>`;
}
