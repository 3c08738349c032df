/** The report of a fit: what it is worth and what that means, how it was found, its data, and how to repeat it. */
import type { Notice } from '../data/table/notices.ts';
import type { ModelData } from '../model/model-data.ts';
import { duration } from '../util/format.ts';
import { counted } from '../util/thousands.ts';
import { appendix, type Origin, settingsTable } from './appendix.ts';
import { type DataFacts, dataSection, doubts } from './data-section.ts';
import { html } from './escape.ts';
import { numbering } from './figures.ts';
import { calibrationWords, type FitScores, fitAnswer, fitTable, scoredRows } from './fit-scores.ts';
import { type FitMember, membersTable, type SearchStep, scoreOf, searchFigure } from './fit-search.ts';
import { modelCardSection } from './model-card.ts';
import { pageOf, section } from './page.ts';
import type { Picture } from './picture.ts';
import { pictureFigures } from './pictures.ts';
import { confusionsOf, verdictSentences } from './scores.ts';

export interface FitReport {
  data: DataFacts;
  scores: FitScores;
  /** What the scores mean. */
  verdict: readonly Notice[];
  interrupted: boolean;
  steps: readonly SearchStep[];
  members: readonly FitMember[];
  /** Networks that trained, and candidates left out since they diverged. */
  networks: number;
  diverged: number;
  settings: { data: object; fit: { seed: number; plan: object } };
  /** Empty for classes. */
  pictures: readonly Picture[];
  model: ModelData;
  origin: Origin;
  /** The command that it was asked for with, which the clock ends. */
  asked?: string;
}

export function fitReport(report: FitReport): string {
  const { data, scores, verdict, members, networks, diverged, settings, origin } = report;
  const { target, folds, heldOut } = scores;
  const numbers = numbering();
  const metric = 'rmse' in heldOut.metrics ? 'RMSE' : 'log loss';
  const search = {
    steps: report.steps,
    linear: heldOut.linear && scoreOf(heldOut.linear),
    baseline: scoreOf(heldOut.baseline),
    final: scoreOf(heldOut.metrics),
  };
  const dropped = diverged > 0 ? ` ${counted(diverged, 'candidate')} diverged and had no say.` : '';
  const ended = report.interrupted ? ' It was ended by hand, and kept the best so far.' : '';
  return pageOf({
    title: `${target}, predicted from ${data.file.replace(/^.*[\\/]/, '')}`,
    subtitle: [
      members.length > 1 ? `ensemble of ${counted(members.length, 'network')}` : 'one network',
      folds > 1 ? counted(folds, 'fold') : 'one part held out',
      `seed ${settings.fit.seed}`,
      origin.made?.toISOString().slice(0, 10),
    ],
    version: origin.version,
    body: [
      doubts(data),
      fitAnswer(scores),
      section(
        'result',
        'Result',
        verdictSentences(verdict),
        html`<p>${scoredRows(scores)} ${calibrationWords(scores)}</p>\n`,
        fitTable(scores, numbers),
        confusionsOf(heldOut.metrics, 'held_out', target, numbers),
        report.pictures.map((picture) => pictureFigures(picture, numbers)),
      ),
      section(
        'search',
        'Search',
        html`<p>${counted(networks, 'network')} trained in ${duration(origin.seconds)}, in packs with settings drawn at random${folds > 1 ? `, each once on every fold` : ''}.${dropped}${ended} The ensemble was chosen greedily (Caruana et al. 2004): the candidate whose addition helps most is added, again and again.</p>\n`,
        searchFigure(search, metric, numbers),
        membersTable(members, folds, numbers),
      ),
      dataSection(data, numbers),
      modelCardSection(report.model, numbers),
      appendix(
        origin,
        () =>
          settingsTable(
            settings,
            'Every setting and the plan of the search, by the name the command line knows. What is not the default is bold.',
            numbers,
          ),
        numbers,
        report.asked ? [['asked for by', html`<code>${report.asked}</code>`]] : [],
      ),
    ],
  });
}
